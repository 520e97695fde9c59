using System.CommandLine;
using System.CommandLine.Parsing;
using TinT.Cli.Simulators;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Cli.Commands;

/// <summary>The option <c>--weights</c>: how the compiled simulator stores the matrices of the auxiliary model.</summary>
internal static class WeightsOption
{
    /// <summary>Its name.</summary>
    public const string Name = "--weights";

    private const string Help = "How the compiled simulator keeps the auxiliary model's matrices: float32, or bfloat16 or float16 in half the memory, each weight rounded; it computes in float32 with all of them. ";

    /// <summary>The option.</summary>
    /// <param name="more">What else there is to say of it, a sentence with a space behind it.</param>
    public static Option<WeightStorage?> Create(string more = "")
    {
        Option<WeightStorage?> option = new(Name)
        {
            HelpName = string.Join('|', Enum.GetValues<WeightStorage>().Select(storage => storage.ShortName())),
            Description = $"{Help}{more}Default: f32.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = Parse,
        };

        // Alone it was once something else, so that a user may still mean that.
        option.Validators.Add(result =>
        {
            if (result.IdentifierTokenCount > result.Tokens.Count)
                result.AddError($"{Name} needs a value, f32, bf16 or f16. For the changes of the weights there is 'tint run … --weight-updates'.");
        });
        return option;
    }

    /// <summary>Refuses storages of 16 bits together with devices: GPU simulators keep weights in float32.</summary>
    /// <param name="command">The command.</param>
    /// <param name="weights">Its option for weights.</param>
    /// <param name="device">Its option for devices.</param>
    public static void RefuseOnDevices(Command command, Option<WeightStorage?> weights, Option<string?> device) => command.Validators.Add(result =>
    {
        // Texts: the value of an option with a mistake cannot be asked for.
        WeightStorage[] narrow = [WeightStorage.BFloat16, WeightStorage.Float16];
        if (TextOf(result, weights) is { } storage && narrow.Any(one => one.ShortName() == storage)
            && TextOf(result, device) is { } name && !name.Equals(ChosenDevice.Processor, StringComparison.OrdinalIgnoreCase))
            result.AddError($"--weights {storage} is for the processor: GPU simulators keep weights in float32. Leave --weights or --device {name} out.");
    });

    /// <summary>What was given for an option; <see langword="null"/> for nothing.</summary>
    /// <param name="result">The command's result.</param>
    /// <param name="option">The option.</param>
    public static string? TextOf(CommandResult result, Option option) => result.GetResult(option)?.Tokens is [.., { } last] ? last.Value : null;

    private static WeightStorage? Parse(ArgumentResult result)
    {
        if (result.Tokens.Count == 0)
            return null;
        string text = result.Tokens[^1].Value;
        foreach (WeightStorage storage in Enum.GetValues<WeightStorage>())
        {
            if (text == storage.ShortName())
                return storage;
        }

        result.AddError($"--weights is f32, bf16 or f16, not '{text}'.");
        return null;
    }
}

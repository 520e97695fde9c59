using System.CommandLine;
using TinT.Cli.Simulators;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Cli.Commands;

/// <summary>The arguments and options by which every command is told its simulator: read, checked and explained here.</summary>
internal sealed class SimulatorArguments
{
    private readonly Option<int?>? threads;
    private readonly Option<int[]>? threadCounts;

    /// <summary>Creates them.</summary>
    /// <param name="checkpoint">Help of the checkpoint where there may be none; <see langword="null"/> if there must be one.</param>
    /// <param name="weights">What else there is to say of <c>--weights</c>, a sentence with a space behind it.</param>
    /// <param name="severalThreads">Whether several numbers of threads are measured one after another.</param>
    /// <param name="specIsOptional">Whether the command can do without a spec; what it reads then is empty.</param>
    public SimulatorArguments(string? checkpoint = null, string weights = "", bool severalThreads = false, bool specIsOptional = false)
    {
        if (specIsOptional)
            Spec.Arity = ArgumentArity.ZeroOrOne;
        Checkpoint = checkpoint is null ? CommonArguments.Checkpoint() : CommonArguments.OptionalCheckpoint(checkpoint);
        Weights = WeightsOption.Create(weights);
        threads = severalThreads ? null : CommonArguments.Threads();
        threadCounts = severalThreads ? CommonArguments.ThreadCounts() : null;
    }

    /// <summary>The checkpoint.</summary>
    public Option<string?> Checkpoint { get; }

    /// <summary>Where it runs.</summary>
    public Option<string?> Device { get; } = CommonArguments.Device();

    /// <summary>How it stores weights.</summary>
    public Option<WeightStorage?> Weights { get; }

    /// <summary>The spec.</summary>
    public Argument<string> Spec { get; } = CommonArguments.Spec();

    private Option<bool> CuBlas { get; } = CommonArguments.CuBlas();

    /// <summary>Adds the spec and the checkpoint, which stand first in help.</summary>
    /// <param name="command">The command.</param>
    public void AddModelTo(Command command)
    {
        command.Add(Spec);
        command.Add(Checkpoint);
    }

    /// <summary>Adds the spec alone, for a command that puts the checkpoint elsewhere.</summary>
    /// <param name="command">The command.</param>
    public void AddSpecTo(Command command) => command.Add(Spec);

    /// <summary>Adds where and how it runs, and what must hold of both.</summary>
    /// <param name="command">The command; it may have <see cref="Weights"/> already.</param>
    public void AddRunTo(Command command)
    {
        foreach (Option option in (Option[])[Device, CuBlas, (Option?)threads ?? threadCounts!, Weights])
        {
            if (!command.Options.Contains(option))
                command.Add(option);
        }

        WeightsOption.RefuseOnDevices(command, Weights, Device);
    }

    /// <summary>What was chosen.</summary>
    /// <param name="arguments">The command line.</param>
    public SimulatorChoice Read(ParseResult arguments) => new()
    {
        Spec = arguments.GetValue(Spec) ?? string.Empty,
        Checkpoint = arguments.GetValue(Checkpoint),
        Device = arguments.GetValue(Device),
        CuBlas = arguments.GetValue(CuBlas),
        ThreadCounts = threadCounts is not null && arguments.GetValue(threadCounts) is { Length: > 0 } counts
            ? counts
            : [(threads is null ? null : arguments.GetValue(threads)) ?? Environment.ProcessorCount],
        Weights = arguments.GetValue(Weights) ?? WeightStorage.SinglePrecision,
    };
}

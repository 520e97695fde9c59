using System.Globalization;
using CsCheck;

namespace TinT.Fuzz.Tests.Fuzzing;

/// <summary>Runs a property on random inputs: the same ones every time, unless the environment asks for others.</summary>
internal static class FuzzRun
{
    private const string InputsVariable = "TINT_FUZZ_INPUTS";
    private const string SeedVariable = "TINT_FUZZ_SEED";
    private const int MostDecisions = 600;

    private static readonly Gen<uint[]> decisions = Gen.UInt.Array[0, MostDecisions];

    /// <summary>Checks a property of every input, and that both kinds of inputs, right and wrong ones, were tried often enough to tell.</summary>
    /// <param name="usual">Inputs where the environment asks for no other number.</param>
    /// <param name="share">Part of the number that the environment asks for; below 1 for properties whose inputs take long.</param>
    /// <param name="build">Builds an input.</param>
    /// <param name="check">Throws if the input does not have the property; otherwise says whether it was accepted.</param>
    /// <param name="show">An input as a message shows it.</param>
    public static void ForBothKinds<T>(int usual, double share, Func<Choices, T> build, Func<T, bool> check, Func<T, string> show)
    {
        long accepted = 0;
        long inputs = 0;
        ForAll(usual, share, build, input => { inputs++; accepted += check(input) ? 1 : 0; }, show);
        Assert.InRange(accepted, inputs / 10, inputs - (inputs / 10));
    }

    /// <summary>Checks a property of every input.</summary>
    /// <param name="usual">Inputs where the environment asks for no other number.</param>
    /// <param name="share">Part of the number that the environment asks for; below 1 for properties whose inputs take long.</param>
    /// <param name="build">Builds an input.</param>
    /// <param name="check">Throws if the input does not have the property.</param>
    /// <param name="show">An input as a message shows it.</param>
    public static void ForAll<T>(int usual, double share, Func<Choices, T> build, Action<T> check, Func<T, string> show)
    {
        ulong seed = Read(SeedVariable) ?? 1;
        long inputs = Read(InputsVariable) is { } wanted ? Math.Max(1, (long)(wanted * share)) : usual;
        for (uint index = 0; index < inputs; index++)
        {
            var random = new PCG(index, seed);
            string state = random.ToString();
            T input = build(new Choices(decisions.Generate(random, null, out _)));
            try
            {
                check(input);
            }
            catch (Exception exception)
            {
                string simpler = Simplify(state, build, check, show);
                throw new InvalidOperationException($"Input {index} of seed {seed} lacks the property:\n{show(input)}\n{exception}\n{simpler}", exception);
            }
        }
    }

    private static string Simplify<T>(string state, Func<Choices, T> build, Action<T> check, Func<T, string> show)
    {
        try
        {
            decisions.Sample(
                sample => check(build(new Choices(sample))), seed: state, iter: 20_000, threads: 1, print: sample => show(build(new Choices(sample))));
            return "No simpler input was found.";
        }
        catch (CsCheckException exception)
        {
            return $"Simpler: {exception.Message}";
        }
    }

    private static ulong? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : null;
}

using TinT.Cli.Outcomes;
using TinT.Evaluation.Sweeps;
using TinT.Model;

namespace TinT.Cli.Jobs;

/// <summary>Checks the inner training asked for on the command line before anything is loaded.</summary>
internal static class TrainingOverrides
{
    /// <summary>Checks steps and layers against the spec.</summary>
    /// <exception cref="UsageException">They exceed what the spec compiled.</exception>
    public static void Check(Sweep sweep, TrainingDescription training)
    {
        foreach (int steps in sweep.Steps.Where(steps => steps > training.Steps))
            throw TooMany("--steps", steps, training.Steps, "steps");
        foreach (int layers in sweep.Layers.Where(layers => layers > training.Layers))
            throw TooMany("--layers", layers, training.Layers, "layers");
    }

    private static UsageException TooMany(string option, int asked, int compiled, string key) => new(
        FormattableString.Invariant($"{option} is {asked}, but the spec compiles 1 to {compiled}; raise training.{key} in the spec for more."));
}

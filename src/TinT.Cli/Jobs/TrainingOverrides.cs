using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>Checks the inner training asked for on the command line before anything is loaded.</summary>
internal static class TrainingOverrides
{
    /// <summary>Checks steps and layers against the spec.</summary>
    /// <exception cref="UsageException">They exceed what the spec compiled.</exception>
    public static void Check(RunOptions options, TrainingDescription training)
    {
        if (options.Steps > training.Steps)
            throw TooMany("--steps", options.Steps.Value, training.Steps, "steps");
        if (options.TrainedLayers > training.Layers)
            throw TooMany("--layers", options.TrainedLayers.Value, training.Layers, "layers");
    }

    private static UsageException TooMany(string option, int asked, int compiled, string key) => new(
        FormattableString.Invariant($"{option} is {asked}, but the spec compiles 1 to {compiled}; raise training.{key} in the spec for more."));
}

using System.CommandLine;
using TinT.Evaluation.Sweeps;

namespace TinT.Cli.Commands;

/// <summary>The options by which every command is told its inner training, one value or several of each; a command may lack some.</summary>
internal sealed class SweepArguments
{
    /// <summary>Parts to train on.</summary>
    public Option<double[]>? TrainFractions { get; init; }

    /// <summary>Inner learning rates.</summary>
    public Option<double[]>? LearningRates { get; init; }

    /// <summary>Inner steps.</summary>
    public Option<int?>? Steps { get; init; }

    /// <summary>Trained layers.</summary>
    public Option<int?>? Layers { get; init; }

    /// <summary>Several numbers of inner steps.</summary>
    public Option<int[]>? SeveralSteps { get; init; }

    /// <summary>Several numbers of trained layers.</summary>
    public Option<int[]>? SeveralLayers { get; init; }

    /// <summary>What was asked for; what was not is left to the spec, and the fraction is a half.</summary>
    /// <param name="arguments">The command line.</param>
    public Sweep Read(ParseResult arguments)
    {
        Sweep sweep = new() { LearningRates = Values(LearningRates), Steps = Counts(Steps, SeveralSteps), Layers = Counts(Layers, SeveralLayers) };
        return Values(TrainFractions) is { Length: > 0 } fractions ? sweep with { TrainFractions = fractions } : sweep;

        double[] Values(Option<double[]>? option) => (option is null ? null : arguments.GetValue(option)) ?? [];

        int[] Counts(Option<int?>? option, Option<int[]>? several) => option is not null && arguments.GetValue(option) is { } count
            ? [count]
            : (several is null ? null : arguments.GetValue(several)) ?? [];
    }
}

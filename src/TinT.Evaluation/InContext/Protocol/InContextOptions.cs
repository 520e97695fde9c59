using TinT.Evaluation.InContext.Prompts;

namespace TinT.Evaluation.InContext.Protocol;

/// <summary>An evaluation's protocol; the defaults are the paper's.</summary>
public sealed record InContextOptions
{
    /// <summary>Numbers of demonstrations.</summary>
    public IReadOnlyList<int> Shots { get; init; } = [0, 32];

    /// <summary>What examples see of each other.</summary>
    public IReadOnlyList<PromptLayout> Layouts { get; init; } = [PromptLayout.Separate, PromptLayout.Joint];

    /// <summary>What is learned.</summary>
    public IReadOnlyList<PromptLoss> Losses { get; init; } = [PromptLoss.Context, PromptLoss.Label];

    /// <summary>Seeds of the draws of demonstrations.</summary>
    public IReadOnlyList<int> TrainSeeds { get; init; } = [1, 2, 3];

    /// <summary>Seed of the draw that settings are chosen on.</summary>
    public int EvaluationSeed { get; init; }

    /// <summary>Rows of each draw of queries.</summary>
    public int EvaluationSamples { get; init; } = 200;

    /// <summary>Seed of the draw that is reported where settings are chosen on another.</summary>
    public int TestSeed { get; init; } = 10;

    /// <summary>Most queries of a draw that are run, the first of it; <see langword="null"/> for all.</summary>
    public int? Limit { get; init; }

    /// <summary>What scores are compared.</summary>
    public IReadOnlyList<Calibration> Calibrations { get; init; } = [Calibration.Plain, Calibration.Pmi];

    /// <summary>Learning rates of each loss; <see langword="null"/> for the paper's.</summary>
    public IReadOnlyList<double>? LearningRates { get; init; }

    /// <summary>Trained layers with inner steps; empty for L, L/2 and L/4 layers with 1, 2 and 4 steps, as far as the spec has them.</summary>
    public IReadOnlyList<(int Layers, int Steps)> Depths { get; init; } = [];

    /// <summary>How a setting is chosen.</summary>
    public Selection Selection { get; init; }

    /// <summary>What happens to long prompts.</summary>
    public LongPrompts LongPrompts { get; init; }

    /// <summary>Most tokens of a prompt; <see langword="null"/> for the context.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Id in front of every prompt; <see langword="null"/> for none.</summary>
    public int? StartId { get; init; }

    /// <summary>Whether the authors' prompts are repeated slip for slip.</summary>
    public bool Authors { get; init; }

    /// <summary>The paper's learning rates for a loss.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="mean">Whether the loss is the mean over targets, as in the authors' dynamic evaluation, and not their sum.</param>
    public IReadOnlyList<double> RatesOf(PromptLoss loss, bool mean = false) =>
        LearningRates ?? (loss == PromptLoss.Context && !mean ? [1e-5, 1e-6, 1e-7] : [1e-3, 1e-4, 1e-5]);
}

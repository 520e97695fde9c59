using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Scoring;
using TinT.Evaluation.InContext.Tasks;
using TinT.Evaluation.Tokenizers;
using TinT.Generated;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>What the order of demonstrations changes where each stands alone.</summary>
public sealed class InContextOrderTests
{
    /// <summary>Rounding of sums that are taken in another order, relative to the update.</summary>
    private const double Rounding = 1e-4;

    private static readonly LabelledText[] demonstrations =
    [
        new("a dull plot with a weak cast.", 0), new("what a lovely film!", 1), new("the camera was awful, even clumsy.", 0), new("i loved the script.", 1),
    ];

    [Fact]
    public void In_single_the_order_of_demonstrations_changes_rounding_only_and_before_the_step_there_might_be_none()
    {
        string folder = RepositoryFiles.InRepository("src", "TinT.Cli", "Models", "few-shot-gpt2");
        TaskTemplate template = new("Review: {text}\nSentiment: {label}", "\nSentiment: {label}", ["circle", "star"]);
        PromptBuilder builder = new(TextTokenizer.Load(folder), template, new PromptOptions(PromptLayout.Separate, PromptLoss.Label));
        using FewShotGpt2Simulator simulator = FewShotGpt2Simulator.Load(folder);
        RunOptions options = new() { LearningRate = 3e-2, TrainedLayers = 2, Steps = 2 };
        BeforeAndAfter Scores(params int[] order) =>
            PromptScorer.Run(simulator, builder.BuildAll([.. order.Select(index => demonstrations[index])], "the scene stays charming."), options);

        BeforeAndAfter drawn = Scores(0, 1, 2, 3);
        double[] alone = PromptScorer.Score(simulator, [builder.BuildAll([], "the scene stays charming.")])[0];

        Assert.InRange(Difference.Largest(drawn.Before, alone), 0, 1e-5);
        Assert.InRange(Difference.Largest(drawn.After, drawn.Before), 1e-2, double.MaxValue);
        foreach (int[] order in (int[][])[[3, 2, 1, 0], [1, 2, 3, 0], [2, 0, 3, 1]])
        {
            BeforeAndAfter permuted = Scores(order);
            Assert.InRange(Difference.Largest(permuted.Before, drawn.Before), 0, 1e-5);
            Assert.InRange(Difference.OfUpdate(permuted.After, drawn.After, drawn.Before), 0, Rounding);
        }
    }
}

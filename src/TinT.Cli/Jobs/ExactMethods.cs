using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Protocol;
using TinT.Model;
using TinT.Reference.Exact;
using TinT.Reference.Weights;

namespace TinT.Cli.Jobs;

/// <summary>Exact SGD as a method of in-context evaluations.</summary>
internal static class ExactMethods
{
    /// <summary>As the authors did: once for all queries of a set of demonstrations, by the mean loss; else exact SGD learns each prompt, by the summed loss as TinT.</summary>
    /// <param name="exact">Exact SGD.</param>
    /// <param name="subset">What it trains.</param>
    public static InContextMethod OfAuthors(ExactFineTuning<float> exact, ParameterSubset subset) => new(Name(subset, authors: true), exact)
    {
        LearnsOnce = (texts, options) => exact.LearnMean([.. texts.Select(text => Targeted(text, exact.Description.Auxiliary))], options),
    };

    /// <summary>The text as exact SGD learns it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="auxiliary">The model: tokens that nothing attends to have a position of their own, or their running number.</param>
    internal static TargetedText Targeted(LearnedText text, AuxiliaryDescription auxiliary) => new()
    {
        Ids = text.Ids,
        Positions = auxiliary.UnusedPositions > 0
            ? text.Positions
            : [.. text.Positions.Select((position, token) => position == LearnedText.Hidden ? token : position)],
        Targets = text.Targets,
        Visible = text.Visible,
    };

    /// <summary>Names of the methods of an evaluation that learn: exact SGD, if it runs, and TinT.</summary>
    /// <param name="request">The evaluation.</param>
    public static IReadOnlyList<string> LearningNames(InContextRequest request)
    {
        string tint = MethodComparison.TintName(request.Simulator.Weights);
        return request.Exact is { } subset ? [Name(subset, request.Options.Authors), tint] : [tint];
    }

    /// <summary>Name of the method.</summary>
    /// <param name="subset">What it trains.</param>
    /// <param name="authors">Whether as the authors did.</param>
    public static string Name(ParameterSubset subset, bool authors) => authors
        ? MethodComparison.ExactName(subset).Replace("exact SGD", DynamicEvaluation.Name, StringComparison.Ordinal)
        : MethodComparison.ExactName(subset);
}

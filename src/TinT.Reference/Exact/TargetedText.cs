using System.Numerics;
using TinT.Model;
using TinT.Model.Parameters;
using TinT.Reference.Tape;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Exact;

/// <summary>A text that is learned, with targets of its own: they need not be the tokens that follow.</summary>
public sealed record TargetedText
{
    /// <summary>Stands for a token without target.</summary>
    public const int NoTarget = -1;

    /// <summary>Token ids, [T].</summary>
    public required IReadOnlyList<int> Ids { get; init; }

    /// <summary>
    /// Positions, [T]. Where the table has rows in front of position 0, as OPT's has, those have numbers below 0: such a row is what transformers gives tokens that
    /// nothing attends to.
    /// </summary>
    public required IReadOnlyList<int> Positions { get; init; }

    /// <summary>What each token predicts; <see cref="NoTarget"/> for nothing, [T].</summary>
    public required IReadOnlyList<int> Targets { get; init; }

    /// <summary>1 where a token sees another that is not behind it, else 0, [T, T].</summary>
    public required float[] Visible { get; init; }

    /// <summary>Targets.</summary>
    public int TargetCount => Targets.Count(target => target != NoTarget);

    /// <summary>Makes sure that a model can learn the text.</summary>
    /// <param name="auxiliary">The model.</param>
    /// <exception cref="SimulationInputException">An id, a target or a position is outside its table, or sizes differ.</exception>
    internal void Check(AuxiliaryDescription auxiliary)
    {
        int tokens = Ids.Count;
        if (tokens < 1 || Positions.Count != tokens || Targets.Count != tokens || Visible.Length != tokens * tokens)
            throw new SimulationInputException(FormattableString.Invariant(
                $"A text of {tokens} tokens has {Positions.Count} positions, {Targets.Count} targets and {Visible.Length} visibilities; it needs {tokens}, {tokens} and {tokens * tokens}."));
        int[] outside = [.. Ids.Concat(Targets.Where(target => target != NoTarget)).Where(id => id < 0 || id >= auxiliary.VocabularySize)];
        if (outside.Length > 0)
            throw new SimulationInputException(FormattableString.Invariant(
                $"The id {outside[0]} of a text is outside the vocabulary, which has the ids 0 to {auxiliary.VocabularySize - 1}."));
        int first = auxiliary.Positions == PositionKind.Learned ? -auxiliary.UnusedPositions : 0;
        if (Positions.Any(position => position < first || position >= auxiliary.MaxPositionEmbeddings))
            throw new SimulationInputException(FormattableString.Invariant(
                $"Positions of a text lie between {first} and {auxiliary.MaxPositionEmbeddings - 1}; this one's lie between {Positions.Min()} and {Positions.Max()}."));
    }

    /// <summary>The text, prepared for the equations.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="share">What each target weighs.</param>
    internal Sequence<T> ToSequence<T>(T share)
        where T : IFloatingPointIeee754<T> =>
        new([.. Ids], [.. Positions], [.. Targets], [.. Targets.Select(target => target == NoTarget ? T.Zero : share)], Visible);
}

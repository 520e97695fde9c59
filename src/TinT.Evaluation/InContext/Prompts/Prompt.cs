using TinT.Runtime.Simulation;

namespace TinT.Evaluation.InContext.Prompts;

/// <summary>Demonstrations, a query and a candidate for its label, as a sequence that a simulator runs.</summary>
public sealed class Prompt
{
    /// <summary>Stands for tokens that belong to no example.</summary>
    public const int Nobody = -1;

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>Token ids, [T].</summary>
    public required int[] Ids { get; init; }

    /// <summary>Tokens of the candidate, at the end; they are not learned.</summary>
    public required int CandidateTokens { get; init; }

    /// <summary>The example that each token belongs to, [T]: a demonstration from 0, their number for the query, or <see cref="Nobody"/>.</summary>
    public required int[] Examples { get; init; }

    /// <summary>Positions, [T].</summary>
    public required int[] Positions { get; init; }

    /// <summary>1 where a token's prediction is learned, [T]; <see langword="null"/> for all that train.</summary>
    public required float[]? GradientMask { get; init; }

    /// <summary>Whether each example sees itself only.</summary>
    public required bool IsSplit { get; init; }

    /// <summary>Whether the first token belongs to all examples.</summary>
    public required bool HasStart { get; init; }

    /// <summary>Tokens T.</summary>
    public int TokenCount => Ids.Length;

    /// <summary>The token at the end, by which a candidate of one token is scored.</summary>
    public int LastId => Ids[^1];

    /// <summary>Whether a token sees another that is not behind it.</summary>
    /// <param name="token">The token.</param>
    /// <param name="other">The other.</param>
    public bool Sees(int token, int other) =>
        !IsSplit || Examples[token] == Nobody || Examples[token] == Examples[other] || (HasStart && other == 0);

    /// <summary>The tokens that the query sees, itself included: what a score depends on. Of a prompt whose examples see each other that is all of it.</summary>
    public Prompt QueryPart()
    {
        if (!IsSplit)
            return this;
        int query = Examples[^1];
        return Part([.. Enumerable.Range(0, TokenCount).Where(token => Examples[token] == query || (HasStart && token == 0))], CandidateTokens, isSplit: false);
    }

    /// <summary>
    /// The tokens up to the last one whose prediction is learned, and that one again, which is neither learned nor seen: what an update depends on that learns labels
    /// only, and the same whatever query follows. <see langword="null"/> if nothing is learned, or if all tokens are.
    /// </summary>
    public Prompt? LearnedPart()
    {
        int last = GradientMask is null ? -1 : Array.FindLastIndex(GradientMask, factor => factor != 0);
        return last < 0 || last + 1 >= TokenCount ? null : Part([.. Enumerable.Range(0, last + 1), last], candidateTokens: 1, IsSplit);
    }

    /// <summary>Whether another prompt is the same to a model.</summary>
    /// <param name="other">The other.</param>
    public bool IsSame(Prompt other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return CandidateTokens == other.CandidateTokens && IsSplit == other.IsSplit && HasStart == other.HasStart && Ids.SequenceEqual(other.Ids)
            && Examples.SequenceEqual(other.Examples) && Positions.SequenceEqual(other.Positions) && (GradientMask ?? []).SequenceEqual(
                other.GradientMask ?? []);
    }

    /// <summary>1 for every token but the candidate's, [T].</summary>
    public float[] CreateTrainingMask()
    {
        float[] mask = new float[TokenCount];
        mask.AsSpan(0, TokenCount - CandidateTokens).Fill(1);
        return mask;
    }

    /// <summary>The prompt as a batch of one sequence.</summary>
    public SimulationBatch ToBatch() => new(1, TokenCount, Ids, CreateTrainingMask())
    {
        GradientMask = GradientMask,
        IclMask = IsSplit ? CreateIclMask() : null,
        PositionIds = Positions,
    };

    /// <summary>The first token, where all share it, and the last ones, with what belongs to them as it was.</summary>
    /// <param name="tokenCount">Tokens that are left.</param>
    internal Prompt Cut(int tokenCount)
    {
        int kept = HasStart ? 1 : 0;
        return Part([.. Enumerable.Range(0, kept), .. Enumerable.Range(TokenCount - tokenCount + kept, tokenCount - kept)], CandidateTokens, IsSplit);
    }

    private Prompt Part(int[] tokens, int candidateTokens, bool isSplit)
    {
        T[] Of<T>(T[] values) => [.. tokens.Select(token => values[token])];
        return new Prompt
        {
            Text = Text,
            Ids = Of(Ids),
            CandidateTokens = candidateTokens,
            Examples = Of(Examples),
            Positions = Of(Positions),
            GradientMask = GradientMask is { } mask ? Of(mask) : null,
            IsSplit = isSplit,
            HasStart = HasStart,
        };
    }

    /// <summary>What each token sees, [T, T]; what lies behind a token is 0.</summary>
    private float[] CreateIclMask()
    {
        float[] mask = new float[TokenCount * TokenCount];
        for (int token = 0; token < TokenCount; token++)
        {
            for (int other = 0; other <= token; other++)
                mask[(token * TokenCount) + other] = Sees(token, other) ? 1 : 0;
        }

        return mask;
    }
}

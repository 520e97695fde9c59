namespace TinT.Evaluation.Tokenizers.Models;

/// <summary>What a unigram model knows of its tokens.</summary>
internal sealed record UnigramOptions
{
    /// <summary>Score of each id.</summary>
    public required IReadOnlyList<double> Scores { get; init; }

    /// <summary>The least score of a token; unknown characters have one below it.</summary>
    public required double LeastScore { get; init; }

    /// <summary>Id of what stands for characters without a token.</summary>
    public required int UnknownId { get; init; }

    /// <summary>Whether characters without a token are written as the tokens of their bytes, <c>&lt;0x00&gt;</c> and so on.</summary>
    public bool FallsBackToBytes { get; init; }

    /// <summary>Whether parts are bytes, which the vocabulary spells in GPT-2's alphabet.</summary>
    public bool IsByteLevel { get; init; }

    /// <summary>Whether scores are added in single precision, as SentencePiece does.</summary>
    public bool IsSinglePrecision { get; init; }

    /// <summary>Whether a token is found in texts, by its id.</summary>
    public Func<int, bool> IsInTexts { get; init; } = _ => true;
}

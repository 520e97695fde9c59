namespace TinT.Evaluation.Tokenizers.Models;

/// <summary>How a byte-pair model treats what its merges do not say.</summary>
internal sealed record BytePairOptions
{
    /// <summary>Whether parts are bytes, which the vocabulary spells in GPT-2's alphabet.</summary>
    public bool IsByteLevel { get; init; }

    /// <summary>Whether a part that is a token is that token, whatever the merges make of it.</summary>
    public bool IgnoresMerges { get; init; }

    /// <summary>Whether characters without a token are written as the tokens of their bytes, <c>&lt;0x00&gt;</c> and so on.</summary>
    public bool FallsBackToBytes { get; init; }

    /// <summary>Id of what stands for characters without a token; <see langword="null"/> to leave them out.</summary>
    public int? UnknownId { get; init; }

    /// <summary>Whether neighbours without a token are one token.</summary>
    public bool FusesUnknown { get; init; }

    /// <summary>Tokens, by their ids, that are taken as a whole wherever a text has them and are never merged.</summary>
    public IReadOnlyList<int> WholeIds { get; init; } = [];
}

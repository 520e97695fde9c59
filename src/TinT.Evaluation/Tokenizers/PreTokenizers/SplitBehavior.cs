namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary>What becomes of the delimiters that a text is split at.</summary>
internal enum SplitBehavior
{
    /// <summary>They are left out.</summary>
    Removed,

    /// <summary>Each is a part.</summary>
    Isolated,

    /// <summary>Each belongs to the part before it, unless that is a delimiter.</summary>
    MergedWithPrevious,

    /// <summary>Each belongs to the part behind it, unless that is a delimiter.</summary>
    MergedWithNext,

    /// <summary>Those that touch are one part.</summary>
    Contiguous,
}

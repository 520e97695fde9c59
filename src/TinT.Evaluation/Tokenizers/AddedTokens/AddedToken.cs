namespace TinT.Evaluation.Tokenizers.AddedTokens;

/// <summary>A token that is found in a text before the text is cut.</summary>
/// <param name="Content">How it is spelled.</param>
/// <param name="Id">Its id.</param>
internal sealed record AddedToken(string Content, int Id)
{
    /// <summary>Whether it controls the model rather than being text, so that texts cannot spell it unless special tokens are read.</summary>
    public bool IsSpecial { get; init; }

    /// <summary>Whether it is found in the text as it is normalized, rather than as it was.</summary>
    public bool IsNormalized { get; init; }

    /// <summary>Whether it takes the white space on its left (<c>lstrip</c>).</summary>
    public bool StripsLeft { get; init; }

    /// <summary>Whether it takes the white space on its right (<c>rstrip</c>).</summary>
    public bool StripsRight { get; init; }

    /// <summary>Whether it is plain text where a letter or digit touches it (<c>single_word</c>).</summary>
    public bool IsSingleWord { get; init; }
}

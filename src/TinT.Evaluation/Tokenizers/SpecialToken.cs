namespace TinT.Evaluation.Tokenizers;

/// <summary>A token that is found in a text before the text is cut into pieces.</summary>
/// <param name="Content">How it is spelled.</param>
/// <param name="Id">Its id.</param>
internal sealed record SpecialToken(string Content, int Id)
{
    /// <summary>Whether it takes the white space on its left (<c>lstrip</c>).</summary>
    public bool StripsLeft { get; init; }

    /// <summary>Whether it takes the white space on its right (<c>rstrip</c>).</summary>
    public bool StripsRight { get; init; }

    /// <summary>Whether it is plain text where a letter or digit touches it (<c>single_word</c>).</summary>
    public bool IsSingleWord { get; init; }
}

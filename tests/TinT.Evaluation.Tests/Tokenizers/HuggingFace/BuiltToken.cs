namespace TinT.Evaluation.Tests.Tokenizers.HuggingFace;

/// <summary>An added token of a <see cref="BuiltTokenizer"/>.</summary>
/// <param name="Content">How it is spelled.</param>
/// <param name="Flags">The names of the flags that are set.</param>
/// <param name="IsNormalized">Whether it is found in normalized texts.</param>
/// <param name="IsSpecial">Whether it is special.</param>
internal sealed record BuiltToken(string Content, string Flags, bool IsNormalized, bool IsSpecial)
{
    /// <summary>As <c>added_tokens</c> has it.</summary>
    public object ToJson(int id) => new Dictionary<string, object>
    {
        ["id"] = id,
        ["content"] = Content,
        ["normalized"] = IsNormalized,
        ["special"] = IsSpecial,
        ["lstrip"] = Flags.Contains("lstrip", StringComparison.Ordinal),
        ["rstrip"] = Flags.Contains("rstrip", StringComparison.Ordinal),
        ["single_word"] = Flags.Contains("single_word", StringComparison.Ordinal),
    };
}

namespace TinT.Evaluation.Tokenizers.Characters;

/// <summary>What a code point is to the patterns that cut words.</summary>
internal enum CharacterKind
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>A letter: <c>\p{L}</c>.</summary>
    Letter,

    /// <summary>A number: <c>\p{N}</c>.</summary>
    Number,

    /// <summary>White space: <c>\s</c>.</summary>
    WhiteSpace,
}

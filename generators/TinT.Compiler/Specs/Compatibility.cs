namespace TinT.Compiler.Specs;

/// <summary>Deviations kept for agreement with other implementations.</summary>
public enum Compatibility
{
    /// <summary><c>none</c>: the last token, which has no target, has no gradient.</summary>
    None,

    /// <summary><c>authors</c>: the last token's gradient row is left unmasked and without a target: no embedding is subtracted in it.</summary>
    Authors,
}

namespace TinT.Compiler.Specs;

/// <summary>How the gradient passes through attention.</summary>
public enum AttentionGradient
{
    /// <summary><c>none</c>: the attention matrix is skipped; the gradient of v is that of the output.</summary>
    None,

    /// <summary><c>values</c>: through the transposed attention matrix to v only.</summary>
    Values,

    /// <summary><c>exact</c>: to v and, through the scores, to q and k.</summary>
    Exact,
}

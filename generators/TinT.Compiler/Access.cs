namespace TinT.Compiler;

/// <summary>Who sees the generated classes.</summary>
public enum Access
{
    /// <summary><c>public</c>: every project that references the one with the spec.</summary>
    Public,

    /// <summary><c>internal</c>: the project with the spec, so that one that references it may have the same spec.</summary>
    Internal,
}

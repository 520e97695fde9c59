namespace TinT.Cli.Compilation;

/// <summary>A spec with mistakes.</summary>
public sealed class SpecException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="diagnostics">Every mistake with its place and excerpt, one after another.</param>
    public SpecException(string diagnostics)
        : base(diagnostics)
    {
    }
}

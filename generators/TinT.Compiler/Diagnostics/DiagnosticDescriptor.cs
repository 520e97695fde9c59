namespace TinT.Compiler.Diagnostics;

/// <summary>A kind of mistake. Ids are never reused: TINT0xxx syntax, 1xxx shape, 2xxx sharding, 3xxx lowering.</summary>
/// <param name="Id">The id, <c>TINTnnnn</c>.</param>
/// <param name="Title">A few words naming the mistake.</param>
/// <param name="MessageFormat">One sentence that says what is wrong and one that says how to mend it, with placeholders {0}, {1}, ….</param>
public sealed record DiagnosticDescriptor(string Id, string Title, string MessageFormat)
{
    /// <summary>Whether what is wrong does not keep anything from being compiled.</summary>
    public bool IsWarning { get; init; }

    /// <summary>Page that lists every diagnostic with its mend.</summary>
    public const string HelpLink = "https://github.com/tint-compiler/tint-compiler/blob/main/generators/TinT.Compiler/Diagnostics/README.md";
}

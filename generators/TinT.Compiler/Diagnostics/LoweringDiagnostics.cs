namespace TinT.Compiler.Diagnostics;

/// <summary>TINT3xxx: what is found behind the reading of a single spec.</summary>
public static class LoweringDiagnostics
{
    /// <summary>A verifier refused the lowered program: a defect of the compiler.</summary>
    public static DiagnosticDescriptor UnsoundProgram { get; } = new(
        "TINT3001",
        "The compiled program is unsound",
        "The compiler made an unsound program: {0} This is a defect of TinT, not of the spec: please report it together with the spec.");

    /// <summary>Two specs of one project would generate the same files or classes.</summary>
    public static DiagnosticDescriptor SharedModelName { get; } = new(
        "TINT3002",
        "Two specs share a model name",
        "{0} has the model '{1}', so that both specs would generate {2} (upper and lower case count as one). Give each spec of a project a model name of its own.");

    /// <summary>The project's C# is older than that of generated code.</summary>
    public static DiagnosticDescriptor OldLanguage { get; } = new(
        "TINT3003",
        "The project's C# is too old",
        "Generated code needs C# 12, but this project is compiled as C# {0}. Remove LangVersion from the project file, or set it to 12 or later.");

    /// <summary>A file that looks like a spec but is none because of its name.</summary>
    public static DiagnosticDescriptor OtherExtension { get; } = new(
        "TINT3004",
        "A spec with another extension",
        "This file is not compiled: specs are named *.tint.yaml. Rename it to '{0}'.")
    {
        IsWarning = true,
    };

    /// <summary>A property of the project that says what generated code is to be.</summary>
    public static DiagnosticDescriptor InvalidProperty { get; } = new(
        "TINT3005",
        "Invalid project property",
        "The project's property {0} is {1}, which {2}. {3}");

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [UnsoundProgram, SharedModelName, OldLanguage, OtherExtension, InvalidProperty];
}

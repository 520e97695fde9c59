namespace TinT.Compiler.Diagnostics;

/// <summary>TINT3xxx: what is found behind the reading of a single spec.</summary>
public static class LoweringDiagnostics
{
    /// <summary>A verifier refused the lowered program: a defect of the compiler.</summary>
    public static DiagnosticDescriptor UnsoundProgram { get; } = new(
        "TINT3001",
        "The compiled program is unsound",
        "The compiler made an unsound program: {0} This is a defect of TinT, not of the spec: please report it together with the spec.");

    /// <summary>Two specs of one project would generate the same files.</summary>
    public static DiagnosticDescriptor SharedModelName { get; } = new(
        "TINT3002",
        "Two specs share a model name",
        "Another spec of this project has the model '{0}' too (upper and lower case count as one), so that both would generate the same files. Give each spec a model name of its own.");

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [UnsoundProgram, SharedModelName];
}

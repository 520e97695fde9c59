namespace TinT.Compiler.Diagnostics;

/// <summary>TINT3xxx: what the stages behind the spec find.</summary>
public static class LoweringDiagnostics
{
    /// <summary>A verifier refused the lowered program: a defect of the compiler.</summary>
    public static DiagnosticDescriptor UnsoundProgram { get; } = new(
        "TINT3001",
        "The compiled program is unsound",
        "The compiler made an unsound program: {0} This is a defect of TinT, not of the spec: please report it together with the spec.");
}

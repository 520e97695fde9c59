namespace TinT.Compiler.Emission;

/// <summary>One statement of a routine.</summary>
/// <param name="PerSequence">Whether it works on one sequence.</param>
/// <param name="Condition">The <c>if</c> in front of it; empty for none.</param>
/// <param name="Code">The statement.</param>
internal sealed record RoutineStatement(bool PerSequence, string Condition, string Code);

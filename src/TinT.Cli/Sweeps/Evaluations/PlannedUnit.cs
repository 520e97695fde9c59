namespace TinT.Cli.Sweeps.Evaluations;

/// <summary>A unit of work of a sweep.</summary>
/// <param name="Evaluation">Index of its evaluation.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Method">Name of the method that runs it.</param>
/// <param name="Operations">Operations that it takes.</param>
internal sealed record PlannedUnit(int Evaluation, string Name, string Method, double Operations);

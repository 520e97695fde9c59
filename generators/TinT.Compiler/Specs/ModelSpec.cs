namespace TinT.Compiler.Specs;

/// <summary>A checked spec: every field is present (given or default) and every shape rule holds.</summary>
/// <param name="Model">Name of the generated classes, a C# identifier.</param>
/// <param name="Auxiliary">The auxiliary transformer that is simulated.</param>
/// <param name="Simulator">The simulator that carries it.</param>
/// <param name="Training">The inner training.</param>
public sealed record ModelSpec(
    Spanned<string> Model,
    AuxiliarySpec Auxiliary,
    SimulatorSpec Simulator,
    TrainingSpec Training)
{
    /// <summary>Namespace of the generated classes; <see langword="null"/> to leave it to the project.</summary>
    public string? Namespace { get; init; }

    /// <summary>Who sees the generated classes; <see langword="null"/> to leave it to the project.</summary>
    public Access? Access { get; init; }
}

using TinT.Compiler.Diagnostics;

namespace TinT.Compiler.Specs.Reading;

/// <summary>What reading a spec gives: the spec, or diagnostics, never both.</summary>
/// <param name="Spec">The spec; <see langword="null"/> when there are diagnostics.</param>
/// <param name="Diagnostics">Every mistake found, in the order of their places.</param>
/// <param name="Model">The model's name, when it could be read; also when something else is wrong.</param>
public sealed record SpecReadResult(ModelSpec? Spec, EquatableArray<SpecDiagnostic> Diagnostics, string? Model)
{
    /// <summary>Namespace of the generated classes, if the spec names one that could be read.</summary>
    public string? Namespace { get; init; }

    /// <summary>Who sees the generated classes, if the spec says so.</summary>
    public Access? Access { get; init; }
}

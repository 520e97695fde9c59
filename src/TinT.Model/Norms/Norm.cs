namespace TinT.Model.Norms;

/// <summary>A norm of the hidden states: a row of <see cref="KnownNorms"/>.</summary>
/// <param name="Name">Its word in specs.</param>
/// <param name="TypeName">The type in <c>TinT.Runtime.Formulas</c> that is its formula.</param>
/// <param name="InverseDeviation">r, as generated code documents it.</param>
/// <param name="Normalized">x̂, as generated code documents it.</param>
public sealed record Norm(string Name, string TypeName, string InverseDeviation, string Normalized)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

namespace TinT.Model.Parameters;

/// <summary>What a parameter tensor is in the model: a row of <see cref="ParameterRoles"/>.</summary>
/// <param name="Kind">The role.</param>
/// <param name="Symbol">Its symbol in the equations, such as W_v or β₁.</param>
/// <param name="Module">The module that it belongs to, such as <c>attention.value</c>.</param>
/// <param name="Field">What it is of the module.</param>
/// <param name="Shape">Rows (outputs) and columns (inputs); a vector is one row.</param>
/// <param name="Exists">Whether a model has it.</param>
public sealed record ParameterRole(
    ParameterKind Kind,
    string Symbol,
    string Module,
    ParameterField Field,
    Func<AuxiliaryDescription, (int Rows, int Columns)> Shape,
    Func<AuxiliaryDescription, bool> Exists)
{
    /// <summary>Whether it is a matrix.</summary>
    public bool IsMatrix => Field == ParameterField.Weight;

    /// <summary>Whether each layer has one, not the model.</summary>
    public bool IsOfLayers { get; init; } = true;
}

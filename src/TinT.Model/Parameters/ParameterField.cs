namespace TinT.Model.Parameters;

/// <summary>What a parameter tensor is of its module.</summary>
public enum ParameterField
{
    /// <summary>A matrix, [outputs, inputs].</summary>
    Weight,

    /// <summary>The vector that is added.</summary>
    Bias,

    /// <summary>The vector that a norm multiplies with.</summary>
    Gain,
}

using System.Globalization;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Weights;

/// <summary>A tensor of a checkpoint and the parameter tensors it holds.</summary>
/// <param name="Name">Its name; <c>{0}</c> stands for the layer.</param>
/// <param name="Transposed">Whether its matrices are stored [inputs, outputs].</param>
/// <param name="Parts">The parameter tensors it holds, outputs after outputs.</param>
internal sealed record CheckpointTensor(string Name, bool Transposed, params ParameterKind[] Parts)
{
    /// <summary>Whether it holds gains of a layer norm.</summary>
    public bool IsGain => Parts[0] is ParameterKind.AttentionNormGain or ParameterKind.FeedForwardNormGain or ParameterKind.FinalNormGain;

    /// <summary>The layers that have one; −1 for a tensor outside the layers.</summary>
    /// <param name="description">Shape of the model.</param>
    public IEnumerable<int> Layers(AuxiliaryDescription description) =>
        Name.Contains("{0}", StringComparison.Ordinal) ? Enumerable.Range(0, description.LayerCount) : [-1];

    /// <summary>Its name in a layer.</summary>
    /// <param name="layer">The layer; −1 outside the layers.</param>
    public string NameIn(int layer) => string.Format(CultureInfo.InvariantCulture, Name, layer);

    /// <summary>Its shape in the checkpoint; a vector has one axis.</summary>
    /// <param name="description">Shape of the model.</param>
    public int[] ShapeIn(AuxiliaryDescription description)
    {
        (int rows, int columns) = ParameterShapes.Of(description, Parts[0]);
        if (Transposed)
            return [columns, rows * Parts.Length];
        return rows == 1 ? [columns * Parts.Length] : [rows * Parts.Length, columns];
    }
}

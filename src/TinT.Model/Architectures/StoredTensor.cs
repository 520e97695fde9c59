using System.Globalization;
using TinT.Model.Parameters;

namespace TinT.Model.Architectures;

/// <summary>A tensor of a checkpoint and the parameter tensors it holds.</summary>
/// <param name="Name">Its name; <c>{0}</c> stands for the layer.</param>
/// <param name="Transposed">Whether its matrices are stored [inputs, outputs].</param>
/// <param name="Parts">The parameter tensors it holds, outputs after outputs.</param>
public sealed record StoredTensor(string Name, bool Transposed, params ParameterKind[] Parts)
{
    /// <summary>A tensor that holds one parameter tensor as it is.</summary>
    /// <param name="name">Its name; <c>{0}</c> stands for the layer.</param>
    /// <param name="part">The parameter tensor.</param>
    public StoredTensor(string name, ParameterKind part)
        : this(name, false, part)
    {
    }

    /// <summary>Whether it holds gains of a norm.</summary>
    public bool IsGain => ParameterRoles.Of(Parts[0]).Field == ParameterField.Gain;

    /// <summary>The layers that have one; −1 for a tensor outside the layers.</summary>
    /// <param name="sizes">Sizes of the model.</param>
    public IEnumerable<int> Layers(ModelSizes sizes) => Name.Contains("{0}") ? Enumerable.Range(0, sizes.LayerCount) : [-1];

    /// <summary>Its name in a layer.</summary>
    /// <param name="layer">The layer; −1 outside the layers.</param>
    public string NameIn(int layer) => string.Format(CultureInfo.InvariantCulture, Name, layer);

    /// <summary>Its shape; a vector has one axis.</summary>
    /// <param name="sizes">Sizes of the model.</param>
    public int[] Shape(ModelSizes sizes)
    {
        (int Rows, int Columns)[] parts = [.. Parts.Select(part => ParameterRoles.Of(part).Shape(sizes))];
        if (!ParameterRoles.Of(Parts[0]).IsMatrix)
            return [parts.Sum(part => part.Columns)];
        int rows = parts.Sum(part => part.Rows);
        return Transposed ? [parts[0].Columns, rows] : [rows, parts[0].Columns];
    }
}

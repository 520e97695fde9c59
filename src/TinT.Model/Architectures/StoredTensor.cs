using System.Globalization;
using TinT.Model.Parameters;

namespace TinT.Model.Architectures;

/// <summary>A tensor of a checkpoint and the parameter tensors it holds.</summary>
/// <param name="Name">Its name; <c>{0}</c> stands for the layer.</param>
/// <param name="Parts">The parameter tensors it holds, outputs after outputs.</param>
public sealed record StoredTensor(string Name, params ParameterKind[] Parts)
{
    /// <summary>Whether its matrices are stored [inputs, outputs].</summary>
    public bool Transposed { get; init; }

    /// <summary>
    /// Whether the outputs of its parts, queries, keys and values, are interleaved: of each head of keys the queries of its group, head after head, then
    /// its keys, then its values.
    /// </summary>
    public bool InterleavesGroups { get; init; }

    /// <summary>What is added to what is stored: 1 for gains of which the difference from 1 is stored.</summary>
    public float Offset { get; init; }

    /// <summary>When it is there, if that does not follow from its parts.</summary>
    public Func<AuxiliaryDescription, bool>? When { get; init; }

    /// <summary>Whether it holds gains of a norm.</summary>
    public bool IsGain => ParameterRoles.Of(Parts[0]).Field == ParameterField.Gain;

    /// <summary>Whether checkpoints of a model have it.</summary>
    /// <param name="model">The model.</param>
    public bool IsOf(AuxiliaryDescription model) => Parts.All(part => model.Has(part)) && (When is null || When(model));

    /// <summary>The layers that have one; −1 for a tensor outside the layers.</summary>
    /// <param name="model">The model.</param>
    public IEnumerable<int> Layers(AuxiliaryDescription model) => Name.Contains("{0}") ? Enumerable.Range(0, model.LayerCount) : [-1];

    /// <summary>Its name in a layer.</summary>
    /// <param name="layer">The layer; −1 outside the layers.</param>
    public string NameIn(int layer) => string.Format(CultureInfo.InvariantCulture, Name, layer);

    /// <summary>Its shape; a vector has one axis.</summary>
    /// <param name="model">The model.</param>
    public int[] Shape(AuxiliaryDescription model)
    {
        (int Rows, int Columns)[] parts = [.. Parts.Select(part => ParameterRoles.Of(part).Shape(model))];
        if (!ParameterRoles.Of(Parts[0]).IsMatrix)
            return [parts.Sum(part => part.Columns)];
        int rows = parts.Sum(part => part.Rows);
        return Transposed ? [parts[0].Columns, rows] : [rows, parts[0].Columns];
    }

    /// <summary>Where the outputs of a part are among those of the tensor.</summary>
    /// <param name="model">The model.</param>
    /// <param name="part">The part.</param>
    public StoredRows RowsOf(AuxiliaryDescription model, ParameterKind part)
    {
        int index = Array.IndexOf(Parts, part);
        int[] rows = [.. Parts.Select(kind => Outputs(model, kind))];
        int groups = InterleavesGroups ? model.KeyValueHeadCount : 1;
        return new StoredRows(rows.Take(index).Sum() / groups, rows[index] / groups, rows.Sum() / groups);
    }

    private static int Outputs(AuxiliaryDescription model, ParameterKind part)
    {
        ParameterRole role = ParameterRoles.Of(part);
        (int rows, int columns) = role.Shape(model);
        return role.IsMatrix ? rows : columns;
    }
}

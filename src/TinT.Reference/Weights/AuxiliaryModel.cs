using System.Numerics;
using TinT.Model;
using TinT.Model.Parameters;
using TinT.Reference.Matrices;

namespace TinT.Reference.Weights;

/// <summary>The auxiliary model's weights as plain arrays, all matrices [outputs, inputs].</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class AuxiliaryModel<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly Dictionary<(ParameterKind Kind, int Layer), Matrix<T>> matrices = [];

    /// <summary>Creates a model.</summary>
    /// <param name="description">Its shape.</param>
    /// <param name="values">Gives the elements of each parameter tensor by kind and layer (−1 outside the layers).</param>
    /// <exception cref="ArgumentException">A tensor has the wrong number of elements.</exception>
    public AuxiliaryModel(AuxiliaryDescription description, Func<ParameterKind, int, T[]> values)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(values);
        Description = description;
        ParameterRole[] roles = [.. ParameterRoles.All.Where(role => role.Exists(description))];
        int inLayers = Array.FindIndex(roles, role => role.IsOfLayers);
        int aboveLayers = Array.FindLastIndex(roles, role => role.IsOfLayers) + 1;
        List<ParameterTensor<T>> tensors = [];
        foreach (ParameterRole role in roles[..inLayers])
            Read(role, -1);
        for (int layer = 0; layer < description.LayerCount; layer++)
        {
            foreach (ParameterRole role in roles[inLayers..aboveLayers])
                Read(role, layer);
        }

        foreach (ParameterRole role in roles[aboveLayers..])
            Read(role, -1);
        Tensors = tensors;

        void Read(ParameterRole role, int layer)
        {
            T[] elements = values(role.Kind, layer);
            (int rows, int columns) = role.Shape(description);
            if (elements.Length != checked(rows * columns))
                throw new ArgumentException($"{role.Kind} of layer {layer} needs {rows}×{columns} values, not {elements.Length}.", nameof(values));
            tensors.Add(new ParameterTensor<T>(role.Kind, layer, elements));
            matrices.Add((role.Kind, layer), new Matrix<T>(rows, columns, elements));
        }
    }

    /// <summary>Shape of the model.</summary>
    public AuxiliaryDescription Description { get; }

    /// <summary>E, token embedding and, if they are tied, output head, [V, E].</summary>
    public Matrix<T> TokenEmbedding => Matrix(ParameterKind.TokenEmbedding, -1);

    /// <summary>Position table; row <see cref="AuxiliaryDescription.UnusedPositions"/> + p belongs to position p.</summary>
    /// <exception cref="KeyNotFoundException">The model has none.</exception>
    public Matrix<T> PositionEmbedding => Matrix(ParameterKind.PositionEmbedding, -1);

    /// <summary>Every parameter tensor, always in the same order: embeddings, layers, what is above them.</summary>
    public IReadOnlyList<ParameterTensor<T>> Tensors { get; }

    /// <summary>A parameter tensor; a vector is one row.</summary>
    /// <param name="kind">Its role.</param>
    /// <param name="layer">Its layer; −1 outside the layers.</param>
    /// <exception cref="KeyNotFoundException">The model has no such tensor.</exception>
    public Matrix<T> Matrix(ParameterKind kind, int layer) => matrices[(kind, layer)];

    /// <summary>The elements of a parameter tensor, row-major.</summary>
    /// <param name="kind">Its role.</param>
    /// <param name="layer">Its layer; −1 outside the layers.</param>
    /// <exception cref="KeyNotFoundException">The model has no such tensor.</exception>
    public T[] Values(ParameterKind kind, int layer) => matrices[(kind, layer)].Values;
}

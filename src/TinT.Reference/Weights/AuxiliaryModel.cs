using System.Numerics;
using TinT.Model.Architectures;
using TinT.Model.Parameters;
using TinT.Reference.Matrices;
using TinT.Runtime.Simulation;

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
        Architecture architecture = description.Family();
        ILookup<bool, ParameterRole> roles = ParameterRoles.All.Where(role => architecture.Has(role.Kind)).ToLookup(role => architecture.IsOfLayers(role.Kind));
        List<ParameterTensor<T>> tensors = [];
        foreach (ParameterRole role in roles[false].Where(role => role.IsMatrix))
            Read(role, -1);
        for (int layer = 0; layer < description.LayerCount; layer++)
        {
            foreach (ParameterRole role in roles[true])
                Read(role, layer);
        }

        foreach (ParameterRole role in roles[false].Where(role => !role.IsMatrix))
            Read(role, -1);
        Tensors = tensors;

        void Read(ParameterRole role, int layer)
        {
            T[] elements = values(role.Kind, layer);
            (int rows, int columns) = role.Shape(architecture, description.Sizes());
            if (elements.Length != checked(rows * columns))
                throw new ArgumentException($"{role.Kind} of layer {layer} needs {rows}×{columns} values, not {elements.Length}.", nameof(values));
            tensors.Add(new ParameterTensor<T>(role.Kind, layer, elements));
            matrices.Add((role.Kind, layer), new Matrix<T>(rows, columns, elements));
        }
    }

    /// <summary>Shape of the model.</summary>
    public AuxiliaryDescription Description { get; }

    /// <summary>E, token embedding and output head, [V, D].</summary>
    public Matrix<T> TokenEmbedding => Matrix(ParameterKind.TokenEmbedding, -1);

    /// <summary>Position table; row <see cref="Architecture.UnusedPositions"/> + p belongs to position p.</summary>
    public Matrix<T> PositionEmbedding => Matrix(ParameterKind.PositionEmbedding, -1);

    /// <summary>Every parameter tensor, always in the same order: embeddings, layers, final norm.</summary>
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

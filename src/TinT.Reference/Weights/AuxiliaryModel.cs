using System.Numerics;
using TinT.Model.Parameters;
using TinT.Reference.Matrices;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Weights;

/// <summary>The auxiliary model's weights as plain arrays, all matrices [outputs, inputs]; also used for their gradients.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class AuxiliaryModel<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly Dictionary<(ParameterKind Kind, int Layer), T[]> valuesByRole = [];

    /// <summary>Creates a model.</summary>
    /// <param name="description">Its shape.</param>
    /// <param name="values">
    /// Gives the elements of each parameter tensor by kind and layer (−1 outside the layers); none for a tensor that is not needed.
    /// </param>
    /// <exception cref="ArgumentException">A tensor has the wrong number of elements.</exception>
    public AuxiliaryModel(AuxiliaryDescription description, Func<ParameterKind, int, T[]> values)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(values);
        Description = description;
        List<ParameterTensor<T>> tensors = [];
        TokenEmbedding = ReadMatrix(ParameterKind.TokenEmbedding, -1);
        PositionEmbedding = ReadMatrix(ParameterKind.PositionEmbedding, -1);
        Blocks = [.. Enumerable.Range(0, description.LayerCount).Select(ReadBlock)];
        FinalNorm = new LayerNormWeights<T>(Read(ParameterKind.FinalNormGain, -1), Read(ParameterKind.FinalNormBias, -1));
        Tensors = tensors;

        AuxiliaryBlock<T> ReadBlock(int layer) => new(
            new LayerNormWeights<T>(Read(ParameterKind.AttentionNormGain, layer), Read(ParameterKind.AttentionNormBias, layer)),
            ReadLinear(ParameterKind.QueryWeight, ParameterKind.QueryBias, layer),
            ReadLinear(ParameterKind.KeyWeight, ParameterKind.KeyBias, layer),
            ReadLinear(ParameterKind.ValueWeight, ParameterKind.ValueBias, layer),
            ReadLinear(ParameterKind.OutputWeight, ParameterKind.OutputBias, layer),
            new LayerNormWeights<T>(Read(ParameterKind.FeedForwardNormGain, layer), Read(ParameterKind.FeedForwardNormBias, layer)),
            ReadLinear(ParameterKind.ExpandWeight, ParameterKind.ExpandBias, layer),
            ReadLinear(ParameterKind.ContractWeight, ParameterKind.ContractBias, layer));

        LinearWeights<T> ReadLinear(ParameterKind weight, ParameterKind bias, int layer) =>
            new(ReadMatrix(weight, layer), Read(bias, layer));

        Matrix<T> ReadMatrix(ParameterKind kind, int layer)
        {
            T[] elements = Read(kind, layer);
            (int rows, int columns) = ParameterRoles.Of(kind).Shape(description.Family(), description.Sizes());
            return elements.Length == 0 ? new Matrix<T>(0, columns, elements) : new Matrix<T>(rows, columns, elements);
        }

        T[] Read(ParameterKind kind, int layer)
        {
            T[] elements = values(kind, layer);
            (int rows, int columns) = ParameterRoles.Of(kind).Shape(description.Family(), description.Sizes());
            if (elements.Length != 0 && elements.Length != checked(rows * columns))
                throw new ArgumentException($"{kind} of layer {layer} needs {rows}×{columns} values, not {elements.Length}.", nameof(values));
            tensors.Add(new ParameterTensor<T>(kind, layer, elements));
            valuesByRole.Add((kind, layer), elements);
            return elements;
        }
    }

    /// <summary>Shape of the model.</summary>
    public AuxiliaryDescription Description { get; }

    /// <summary>E, token embedding and output head, [V, D].</summary>
    public Matrix<T> TokenEmbedding { get; }

    /// <summary>Position table; row <see cref="Model.Architectures.Architecture.UnusedPositions"/> + p belongs to position p.</summary>
    public Matrix<T> PositionEmbedding { get; }

    /// <summary>The transformer blocks, bottom first.</summary>
    public IReadOnlyList<AuxiliaryBlock<T>> Blocks { get; }

    /// <summary>G_f, β_f.</summary>
    public LayerNormWeights<T> FinalNorm { get; }

    /// <summary>Every parameter tensor, always in the same order.</summary>
    public IReadOnlyList<ParameterTensor<T>> Tensors { get; }

    /// <summary>The elements of a parameter tensor, row-major.</summary>
    /// <param name="kind">Its role.</param>
    /// <param name="layer">Its layer; −1 outside the layers.</param>
    /// <exception cref="KeyNotFoundException">The model has no such tensor.</exception>
    public T[] Values(ParameterKind kind, int layer) => valuesByRole[(kind, layer)];

    /// <summary>A copy that owns its selected tensors and shares all others with this model.</summary>
    /// <param name="selection">The tensors that the copy may change.</param>
    internal AuxiliaryModel<T> CopyFor(ParameterSelection selection) =>
        Map(tensor => selection.Includes(tensor.Kind, tensor.Layer) ? (T[])tensor.Values.Clone() : tensor.Values);

    /// <summary>Zeros for the gradients of the selected tensors; the others have no elements.</summary>
    /// <param name="selection">The trained tensors.</param>
    internal AuxiliaryModel<T> ZerosFor(ParameterSelection selection) =>
        Map(tensor => selection.Includes(tensor.Kind, tensor.Layer) ? new T[tensor.Values.Length] : []);

    private AuxiliaryModel<T> Map(Func<ParameterTensor<T>, T[]> change) =>
        new(Description, (kind, layer) => change(new ParameterTensor<T>(kind, layer, Values(kind, layer))));
}

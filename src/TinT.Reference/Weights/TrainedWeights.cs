using System.Numerics;
using System.Numerics.Tensors;
using TinT.Model;
using TinT.Model.Parameters;
using TinT.Reference.Matrices;
using TinT.Reference.Tape;

namespace TinT.Reference.Weights;

/// <summary>The weights that a sequence trains, with their gradients: copies of the trained tensors, the others shared with the model.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class TrainedWeights<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly AuxiliaryModel<T> original;
    private readonly Dictionary<(ParameterKind Kind, int Layer), Parameter<T>> parameters = [];
    private readonly Dictionary<(ParameterKind Kind, int Layer), Parameter<T>> gainMatrices = [];

    /// <summary>Copies the trained weights.</summary>
    /// <param name="original">The model; not changed.</param>
    /// <param name="selection">The trained tensors.</param>
    /// <param name="gainMatrices">Whether trained gains of norms become full matrices, which start as diag(gain).</param>
    public TrainedWeights(AuxiliaryModel<T> original, ParameterSelection selection, bool gainMatrices)
    {
        this.original = original;
        Model = new AuxiliaryModel<T>(original.Description, (kind, layer) =>
            selection.Includes(kind, layer) ? (T[])original.Values(kind, layer).Clone() : original.Values(kind, layer));
        foreach (ParameterTensor<T> tensor in Model.Tensors)
        {
            (ParameterKind kind, int layer) = (tensor.Kind, tensor.Layer);
            bool isTrained = selection.Includes(kind, layer);
            bool isMatrix = isTrained && gainMatrices && ParameterRoles.Of(kind).Field == ParameterField.Gain;
            parameters.Add((kind, layer), new Parameter<T>(Model.Matrix(kind, layer), isTrained && !isMatrix));
            if (isMatrix)
                this.gainMatrices.Add((kind, layer), new Parameter<T>(Diagonal(tensor.Values), isTrained: true));
        }
    }

    /// <summary>The weights; of a gain that is a full matrix the diagonal.</summary>
    public AuxiliaryModel<T> Model { get; }

    /// <summary>A parameter tensor; <see langword="null"/> if the model has no such.</summary>
    public Parameter<T>? Find(ParameterKind kind, int layer) => parameters.GetValueOrDefault((kind, layer));

    /// <summary>The full matrix of a gain; <see langword="null"/> if it is a diagonal.</summary>
    public Parameter<T>? FindGainMatrix(ParameterKind kind, int layer) => gainMatrices.GetValueOrDefault((kind, layer));

    /// <summary>Takes the original's weights again.</summary>
    public void Reset()
    {
        foreach (ParameterTensor<T> tensor in Model.Tensors.Where(tensor => Find(tensor.Kind, tensor.Layer)!.IsTrained))
            original.Values(tensor.Kind, tensor.Layer).CopyTo(tensor.Values, 0);
        foreach (((ParameterKind kind, int layer), Parameter<T> gain) in gainMatrices)
        {
            original.Values(kind, layer).CopyTo(Model.Values(kind, layer), 0);
            Diagonal(original.Values(kind, layer)).AsSpan().CopyTo(gain.Value.AsSpan());
        }
    }

    /// <summary>Forgets the gradients.</summary>
    public void ClearGradients()
    {
        foreach (Parameter<T> parameter in parameters.Values.Concat(gainMatrices.Values))
            parameter.Clear();
    }

    /// <summary>W −= lr ∂W.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="sharesBiases">
    /// Whether the bias of a map is spread over the ⌈inputs / D⌉ blocks that its inputs are cut in, and every block updates its own share: it moves by as many lr.
    /// </param>
    public void Descend(T learningRate, bool sharesBiases)
    {
        foreach (((ParameterKind kind, int layer), Parameter<T> parameter) in parameters)
            Descend(parameter, sharesBiases ? learningRate * T.CreateChecked(Shares(kind)) : learningRate);
        foreach (((ParameterKind kind, int layer), Parameter<T> gain) in gainMatrices)
        {
            Descend(gain, learningRate);
            T[] diagonal = Model.Values(kind, layer);
            for (int index = 0; index < diagonal.Length; index++)
                diagonal[index] = gain.Value[index, index];
        }
    }

    private static void Descend(Parameter<T> parameter, T rate)
    {
        if (parameter.Gradient is { } gradient)
            TensorPrimitives.MultiplyAdd(gradient.AsSpan(), -rate, parameter.Value.AsSpan(), parameter.Value.AsSpan());
    }

    private int Shares(ParameterKind kind)
    {
        ParameterRole role = ParameterRoles.Of(kind);
        AuxiliaryDescription description = Model.Description;
        return role.Field == ParameterField.Bias && ParameterRoles.Find(role.Module, ParameterField.Weight) is { } weight
            ? (weight.Shape(description).Columns + description.HiddenSize - 1) / description.HiddenSize
            : 1;
    }

    private static Matrix<T> Diagonal(T[] gain)
    {
        Matrix<T> matrix = new(gain.Length, gain.Length);
        for (int index = 0; index < gain.Length; index++)
            matrix[index, index] = gain[index];
        return matrix;
    }
}

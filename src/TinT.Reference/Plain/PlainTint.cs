using System.Numerics;
using System.Numerics.Tensors;
using TinT.Model.Parameters;
using TinT.Reference.Matrices;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Plain;

/// <summary>TinT's equations written out: what a TinT simulator computes, without the simulator.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// With <c>layer_norm: full</c> the gain of every trained layer norm becomes a full D×D matrix G, which starts as diag(gain). A
/// checkpoint has room for its diagonal only, so the weight update named like the gain is the change of the diagonal; the
/// logits are those of the full matrix.
/// </remarks>
public sealed class PlainTint<T> : FineTuning<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly PlainTintOptions options;
    private readonly bool trainsGainMatrices;
    private PlainBuffers<T>? buffers;

    /// <summary>Creates the equations.</summary>
    /// <param name="model">Weights; not changed.</param>
    /// <param name="description">What is simulated.</param>
    /// <param name="options">Approximations to make exact; <see langword="null"/> for none.</param>
    /// <param name="threadCount">Most threads at work; <see langword="null"/> for all processors.</param>
    /// <exception cref="ArgumentException">The model's shape is not the one described.</exception>
    public PlainTint(AuxiliaryModel<T> model, SimulatorDescription description, PlainTintOptions? options = null, int? threadCount = null)
        : base(model, description, threadCount)
    {
        this.options = options ?? PlainTintOptions.AsWritten;
        trainsGainMatrices = description.Training.LayerNorm == "full";
    }

    private protected override ParameterSelection Select(int trainedLayers) => new(ParameterSubset.TintSubset, Description, trainedLayers);

    private protected override AuxiliaryModel<T> CopyModel(ParameterSelection selection)
    {
        AuxiliaryModel<T> copy = Model.CopyFor(selection);
        if (trainsGainMatrices)
        {
            foreach (LayerNormWeights<T> norm in TrainedNorms(copy, selection))
                norm.GainMatrix = Diagonal(norm.Gain);
        }

        return copy;
    }

    private protected override void TakeStep(TrainingStep<T> step)
    {
        AuxiliaryModel<T> gradients = step.Model.ZerosFor(step.Selection);
        if (trainsGainMatrices)
        {
            foreach (LayerNormWeights<T> norm in TrainedNorms(gradients, step.Selection))
                norm.GainMatrix = new Matrix<T>(norm.Gain.Length, norm.Gain.Length);
        }

        if (buffers?.Rows != step.Sequence.Length)
            buffers = new PlainBuffers<T>(Description.Auxiliary, step.Sequence.Length);
        PlainBackward<T> backward = new(Description, options, Workers, buffers, step.Sequence);
        int recorded = step.Index * (step.Training.Layers + 1);
        backward.PassHead(step.Model, step.Activations, gradients.FinalNorm);
        Record(step, backward, recorded++);
        for (int layer = step.Model.Blocks.Count - 1; layer >= step.Selection.FirstTrainedLayer; layer--)
        {
            backward.PassBlock(step.Model.Blocks[layer], step.Activations.Blocks[layer], gradients.Blocks[layer]);
            Record(step, backward, recorded++);
        }

        Descend(step, gradients);
    }

    private void Record(TrainingStep<T> step, PlainBackward<T> backward, int index)
    {
        if (options.BlockGradients)
            step.Recorder.RecordBlockGradient(index, step.Training.Steps * (step.Training.Layers + 1), step.SequenceIndex, backward.Residual);
    }

    /// <summary>W −= lr ∂W; c_2 −= K lr ∂c_2, since each of the K blocks updates its own share of it.</summary>
    private void Descend(TrainingStep<T> step, AuxiliaryModel<T> gradients)
    {
        T learningRate = T.CreateChecked(step.Training.LearningRate);
        T blocks = T.CreateChecked(Description.Auxiliary.IntermediateSize) / T.CreateChecked(Description.Auxiliary.HiddenSize);
        foreach ((ParameterTensor<T> weight, ParameterTensor<T> gradient) in step.Model.Tensors.Zip(gradients.Tensors))
        {
            if (gradient.Values.Length == 0)
                continue;
            T factor = weight.Kind == ParameterKind.ContractBias && !options.ExactContractBias ? blocks * learningRate : learningRate;
            TensorPrimitives.MultiplyAdd<T>(gradient.Values, -factor, weight.Values, weight.Values);
        }

        if (!trainsGainMatrices)
            return;
        foreach ((LayerNormWeights<T> norm, LayerNormWeights<T> gradient) in TrainedNorms(step.Model, step.Selection).Zip(TrainedNorms(gradients, step.Selection)))
        {
            Matrix<T> gain = norm.GainMatrix!;
            TensorPrimitives.MultiplyAdd(gradient.GainMatrix!.AsSpan(), -learningRate, gain.AsSpan(), gain.AsSpan());
            for (int index = 0; index < norm.Gain.Length; index++)
                norm.Gain[index] = gain[index, index];
        }
    }

    private static IEnumerable<LayerNormWeights<T>> TrainedNorms(AuxiliaryModel<T> model, ParameterSelection selection)
    {
        for (int layer = selection.FirstTrainedLayer; layer < model.Blocks.Count; layer++)
        {
            yield return model.Blocks[layer].AttentionNorm;
            yield return model.Blocks[layer].FeedForwardNorm;
        }

        yield return model.FinalNorm;
    }

    private static Matrix<T> Diagonal(T[] gain)
    {
        Matrix<T> matrix = new(gain.Length, gain.Length);
        for (int index = 0; index < gain.Length; index++)
            matrix[index, index] = gain[index];
        return matrix;
    }
}

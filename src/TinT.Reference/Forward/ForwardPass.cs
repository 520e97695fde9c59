using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Matrices;
using TinT.Reference.Weights;
using TinT.Runtime.Formulas;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Forward;

/// <summary>The auxiliary model's forward pass: the section <i>Forward</i> of the TinT equations, line by line.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class ForwardPass<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly AuxiliaryDescription description;
    private readonly Workers workers;
    private readonly MatrixProducts<T> products;
    private readonly ActivationFormula activation;
    private readonly T epsilon;

    /// <summary>Creates the pass.</summary>
    /// <param name="description">Shape of the model.</param>
    /// <param name="workers">Threads.</param>
    /// <exception cref="ArgumentException">The activation is unknown.</exception>
    public ForwardPass(AuxiliaryDescription description, Workers workers)
    {
        this.description = description;
        this.workers = workers;
        products = new MatrixProducts<T>(workers);
        activation = ActivationFormulas.Of(description.Activation);
        epsilon = T.CreateChecked(description.NormEpsilon);
    }

    /// <summary>Runs embedding, all blocks and head.</summary>
    /// <param name="model">Weights.</param>
    /// <param name="sequence">Tokens and masks.</param>
    /// <param name="activations">Receives everything that is computed.</param>
    public void Run(AuxiliaryModel<T> model, Sequence<T> sequence, ModelActivations<T> activations)
    {
        Embed(model, sequence, activations.Embedded);
        RunFrom(0, model, sequence, activations);
    }

    /// <summary>Runs the blocks from a given one on, from its saved input, and the head.</summary>
    /// <param name="firstLayer">The lowest block that runs.</param>
    /// <param name="model">Weights.</param>
    /// <param name="sequence">Tokens and masks.</param>
    /// <param name="activations">Holds the block's input and receives everything that is computed.</param>
    public void RunFrom(int firstLayer, AuxiliaryModel<T> model, Sequence<T> sequence, ModelActivations<T> activations)
    {
        for (int layer = firstLayer; layer < model.Blocks.Count; layer++)
            RunBlock(model.Blocks[layer], sequence, activations.Blocks[layer]);
        Normalise(model.FinalNorm, activations.FinalInput, activations.FinalNorm);
        products.ByTransposed(activations.FinalNorm.Output, model.TokenEmbedding, [], activations.Logits);
    }

    private void Embed(AuxiliaryModel<T> model, Sequence<T> sequence, Matrix<T> embedded)
    {
        int offset = description.Family().UnusedPositions;
        for (int row = 0; row < sequence.Length; row++)
        {
            TensorPrimitives.Add(
                model.TokenEmbedding.Row(sequence.TokenIds[row]),
                model.PositionEmbedding.Row(sequence.Positions[row] + offset),
                embedded.Row(row));
        }
    }

    private void RunBlock(AuxiliaryBlock<T> block, Sequence<T> sequence, BlockActivations<T> activations)
    {
        Normalise(block.AttentionNorm, activations.Input, activations.AttentionNorm);
        Matrix<T> attentionInput = activations.AttentionNorm.Output;
        products.ByTransposed(attentionInput, block.Query.Weight, block.Query.Bias, activations.Query);
        products.ByTransposed(attentionInput, block.Key.Weight, block.Key.Bias, activations.Key);
        products.ByTransposed(attentionInput, block.Value.Weight, block.Value.Bias, activations.Value);
        Attend(sequence, activations);
        products.ByTransposed(activations.Context, block.Output.Weight, block.Output.Bias, activations.Middle);
        workers.ForEachRow(sequence.Length, row =>
            TensorPrimitives.Add<T>(activations.Middle.Row(row), activations.Input.Row(row), activations.Middle.Row(row)));

        Normalise(block.FeedForwardNorm, activations.Middle, activations.FeedForwardNorm);
        products.ByTransposed(activations.FeedForwardNorm.Output, block.Expand.Weight, block.Expand.Bias, activations.PreActivation);
        workers.ForEachRow(sequence.Length, row => activation.Apply(activations.PreActivation.Row(row), activations.Activated.Row(row)));
        products.ByTransposed(activations.Activated, block.Contract.Weight, block.Contract.Bias, activations.Output);
        workers.ForEachRow(sequence.Length, row =>
            TensorPrimitives.Add<T>(activations.Output.Row(row), activations.Middle.Row(row), activations.Output.Row(row)));
    }

    /// <summary>x̂ = LN₀(x), y = x̂ Gᵀ + β.</summary>
    private void Normalise(LayerNormWeights<T> norm, Matrix<T> input, NormActivations<T> activations)
    {
        workers.ForEachRow(input.Rows, row =>
        {
            Span<T> normalised = activations.Normalised.Row(row);
            activations.InverseDeviations[row] = LayerNormalization.Normalise(input.Row(row), epsilon, normalised);
            if (norm.GainMatrix is null)
                TensorPrimitives.MultiplyAdd<T>(normalised, norm.Gain, norm.Bias, activations.Output.Row(row));
        });
        if (norm.GainMatrix is { } gain)
            products.ByTransposed(activations.Normalised, gain, norm.Bias, activations.Output);
    }

    /// <summary>A = softmax over j ≤ i of q kᵀ / sqrt(D/h), c = A v, head after head.</summary>
    private void Attend(Sequence<T> sequence, BlockActivations<T> activations)
    {
        int rows = sequence.Length;
        int headSize = description.HiddenSize / description.HeadCount;
        T scale = T.One / T.Sqrt(T.CreateChecked(headSize));
        for (int head = 0; head < description.HeadCount; head++)
        {
            Matrix<T> attention = activations.Attention.Part(head * rows, rows, 0, rows);
            Matrix<T> query = activations.Query.Part(0, rows, head * headSize, headSize);
            Matrix<T> key = activations.Key.Part(0, rows, head * headSize, headSize);
            Matrix<T> value = activations.Value.Part(0, rows, head * headSize, headSize);
            products.ByTransposed(query, key, [], attention);
            workers.ForEachRow(rows, i =>
            {
                Span<T> scores = attention.Row(i);
                Span<T> visible = scores[..(i + 1)];
                TensorPrimitives.Multiply(visible, scale, visible);
                for (int j = 0; j <= i; j++)
                {
                    if (!sequence.MayAttend(i, j))
                        visible[j] = T.NegativeInfinity;
                }

                SoftMax.Apply(visible);
                scores[(i + 1)..].Clear();
            });
            products.By(attention, value, activations.Context.Part(0, rows, head * headSize, headSize));
        }
    }
}

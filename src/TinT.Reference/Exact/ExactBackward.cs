using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Backward;
using TinT.Reference.Forward;
using TinT.Reference.Matrices;
using TinT.Reference.Weights;
using TinT.Runtime.Formulas;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Exact;

/// <summary>True gradients of the loss Σ_t f_t · (−log softmax(logits_t)[id_{t+1}]), f the sequence's target factors.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class ExactBackward<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly Workers workers;
    private readonly MatrixProducts<T> products;
    private readonly ActivationFormula activation;
    private readonly LinearBackward<T> linear;
    private readonly LayerNormBackward<T> layerNorm;
    private readonly AttentionBackward<T> attention;

    public ExactBackward(AuxiliaryDescription description, Workers workers)
    {
        this.workers = workers;
        products = new MatrixProducts<T>(workers);
        activation = ActivationFormulas.Of(description.Activation);
        linear = new LinearBackward<T>(products);
        layerNorm = new LayerNormBackward<T>(workers, products);
        attention = new AttentionBackward<T>(description, workers, products);
    }

    /// <summary>Adds the gradients of the trained tensors.</summary>
    /// <param name="model">Weights of the forward pass.</param>
    /// <param name="sequence">Tokens and masks.</param>
    /// <param name="activations">What the forward pass computed.</param>
    /// <param name="selection">The trained tensors.</param>
    /// <param name="buffers">Overwritten.</param>
    /// <param name="gradients">Gradients; what has no elements is left alone.</param>
    public void Run(
        AuxiliaryModel<T> model,
        Sequence<T> sequence,
        ModelActivations<T> activations,
        ParameterSelection selection,
        BackwardBuffers<T> buffers,
        AuxiliaryModel<T> gradients)
    {
        // Attention looks back only, so rows behind the last counted one have no gradient.
        int rows = 1 + Array.FindLastIndex(sequence.TargetFactors, factor => factor != T.Zero);
        if (rows == 0)
            return;
        Matrix<T> residual = buffers.Residual.FirstRows(rows);
        PassThroughHead(model, sequence, activations, buffers, gradients, residual);
        for (int layer = model.Blocks.Count - 1; layer >= selection.FirstTrainedLayer; layer--)
            PassThroughBlock(model.Blocks[layer], activations.Blocks[layer], buffers, gradients.Blocks[layer], residual);
        if (selection.TrainsEmbeddings)
            AccumulateEmbeddings(sequence, residual, gradients);
    }

    /// <summary>∂logits_t = f_t (softmax(logits_t) − onehot(id_{t+1})), then output head and final layer norm.</summary>
    private void PassThroughHead(
        AuxiliaryModel<T> model,
        Sequence<T> sequence,
        ModelActivations<T> activations,
        BackwardBuffers<T> buffers,
        AuxiliaryModel<T> gradients,
        Matrix<T> residual)
    {
        int rows = residual.Rows;
        Matrix<T> logits = buffers.Logits.FirstRows(rows);
        workers.ForEachRow(rows, row =>
        {
            Span<T> gradient = logits.Row(row);
            if (sequence.TargetFactors[row] == T.Zero)
            {
                gradient.Clear();
                return;
            }

            activations.Logits.Row(row).CopyTo(gradient);
            SoftMax.Apply(gradient);
            gradient[sequence.TokenIds[row + 1]] -= T.One;
            TensorPrimitives.Multiply(gradient, sequence.TargetFactors[row], gradient);
        });
        if (gradients.TokenEmbedding.Rows > 0)
            products.TransposedBy(logits, activations.FinalNorm.Output.FirstRows(rows), gradients.TokenEmbedding, accumulate: true);
        Matrix<T> normOutput = buffers.NormOutput.FirstRows(rows);
        products.By(logits, model.TokenEmbedding, normOutput);
        layerNorm.Accumulate(gradients.FinalNorm, activations.FinalNorm, normOutput);
        layerNorm.PassThroughGain(model.FinalNorm, normOutput, residual);
        layerNorm.PassThroughNormalisation(activations.FinalNorm, residual);
    }

    private void PassThroughBlock(
        AuxiliaryBlock<T> block, BlockActivations<T> activations, BackwardBuffers<T> buffers, AuxiliaryBlock<T> gradients, Matrix<T> residual)
    {
        int rows = residual.Rows;
        Matrix<T> activated = buffers.Activated.FirstRows(rows);
        Matrix<T> normOutput = buffers.NormOutput.FirstRows(rows);
        linear.Accumulate(gradients.Contract, activations.Activated, residual);
        linear.PassDown(block.Contract, residual, activated);
        workers.ForEachRow(rows, row =>
        {
            Span<T> derivative = buffers.Derivative.Row(row);
            activation.Differentiate(activations.PreActivation.Row(row), derivative);
            TensorPrimitives.Multiply(activated.Row(row), derivative, activated.Row(row));
        });
        linear.Accumulate(gradients.Expand, activations.FeedForwardNorm.Output, activated);
        linear.PassDown(block.Expand, activated, normOutput);
        PassThroughNorm(block.FeedForwardNorm, activations.FeedForwardNorm, buffers, gradients.FeedForwardNorm, residual);

        PassThroughAttention(block, activations, buffers, gradients, residual);
        PassThroughNorm(block.AttentionNorm, activations.AttentionNorm, buffers, gradients.AttentionNorm, residual);
    }

    /// <summary>From the gradient of h′ to that of a.</summary>
    private void PassThroughAttention(
        AuxiliaryBlock<T> block, BlockActivations<T> activations, BackwardBuffers<T> buffers, AuxiliaryBlock<T> gradients, Matrix<T> residual)
    {
        int rows = residual.Rows;
        Matrix<T> context = buffers.Context.FirstRows(rows);
        Matrix<T> query = buffers.Query.FirstRows(rows);
        Matrix<T> key = buffers.Key.FirstRows(rows);
        Matrix<T> value = buffers.Value.FirstRows(rows);
        linear.Accumulate(gradients.Output, activations.Context, residual);
        linear.PassDown(block.Output, residual, context);
        attention.PassToValues(activations, null, context, buffers.Scores, value);
        attention.PassToQueriesAndKeys(activations, null, context, buffers.Scores, query, key);

        Matrix<T> input = activations.AttentionNorm.Output;
        linear.Accumulate(gradients.Query, input, query);
        linear.Accumulate(gradients.Key, input, key);
        linear.Accumulate(gradients.Value, input, value);
        Matrix<T> normOutput = buffers.NormOutput.FirstRows(rows);
        linear.PassDown(block.Query, query, normOutput);
        linear.PassDown(block.Key, key, normOutput, accumulate: true);
        linear.PassDown(block.Value, value, normOutput, accumulate: true);
    }

    /// <summary>Adds the gradient through a layer norm to the residual's, which goes past it.</summary>
    private void PassThroughNorm(
        LayerNormWeights<T> norm, NormActivations<T> activations, BackwardBuffers<T> buffers, LayerNormWeights<T> gradients, Matrix<T> residual)
    {
        Matrix<T> output = buffers.NormOutput.FirstRows(residual.Rows);
        Matrix<T> input = buffers.NormInput.FirstRows(residual.Rows);
        layerNorm.Accumulate(gradients, activations, output);
        layerNorm.PassThroughGain(norm, output, input);
        layerNorm.PassThroughNormalisation(activations, input);
        workers.ForEachRow(residual.Rows, row => TensorPrimitives.Add<T>(residual.Row(row), input.Row(row), residual.Row(row)));
    }

    /// <summary>The input's use of the embeddings; the head's use of E is added by <see cref="PassThroughHead"/>.</summary>
    private static void AccumulateEmbeddings(Sequence<T> sequence, Matrix<T> residual, AuxiliaryModel<T> gradients)
    {
        int offset = gradients.Description.Family().UnusedPositions;
        for (int row = 0; row < residual.Rows; row++)
        {
            Span<T> token = gradients.TokenEmbedding.Row(sequence.TokenIds[row]);
            TensorPrimitives.Add(token, residual.Row(row), token);
            Span<T> position = gradients.PositionEmbedding.Row(sequence.Positions[row] + offset);
            TensorPrimitives.Add(position, residual.Row(row), position);
        }
    }
}

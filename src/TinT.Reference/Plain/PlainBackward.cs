using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Backward;
using TinT.Reference.Forward;
using TinT.Reference.Matrices;
using TinT.Reference.Weights;
using TinT.Runtime.Formulas;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Plain;

/// <summary>
/// TinT's backward pass: the section <i>Backward and descent</i> of the TinT equations, line by line. Gradients pass through
/// the weights before the step; what they change is summed over the tokens of the training part.
/// </summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class PlainBackward<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly PlainTintOptions options;
    private readonly string attentionVariant;
    private readonly Workers workers;
    private readonly HeadGradient<T> head;
    private readonly LinearBackward<T> linear;
    private readonly LayerNormBackward<T> layerNorm;
    private readonly AttentionBackward<T> attention;
    private readonly TaylorDifference<T> taylor;
    private readonly ActivationFormula activation;
    private readonly PlainBuffers<T> buffers;
    private readonly Sequence<T> sequence;

    /// <summary>Creates the pass for one sequence.</summary>
    public PlainBackward(SimulatorDescription description, PlainTintOptions options, Workers workers, PlainBuffers<T> buffers, Sequence<T> sequence)
    {
        this.options = options;
        this.workers = workers;
        this.buffers = buffers;
        this.sequence = sequence;
        attentionVariant = options.ExactScoreGradients ? "exact" : description.Training.Attention;
        MatrixProducts<T> products = new(workers);
        head = new HeadGradient<T>(description.Training, workers, products);
        linear = new LinearBackward<T>(products);
        layerNorm = new LayerNormBackward<T>(workers, products);
        attention = new AttentionBackward<T>(description.Auxiliary, workers, products);
        activation = ActivationFormulas.Of(description.Auxiliary.Activation);
        taylor = new TaylorDifference<T>(
            T.CreateChecked(description.Training.TaylorScale), T.CreateChecked(description.Auxiliary.NormEpsilon), activation);
    }

    /// <summary>The gradient in the residual stream, [T, D], below what was passed last.</summary>
    public Matrix<T> Residual => buffers.Shared.Residual;

    /// <summary>From the logits to below the final layer norm.</summary>
    /// <param name="model">Weights.</param>
    /// <param name="activations">The forward pass.</param>
    /// <param name="gradients">Receives the sums that change the final layer norm.</param>
    public void PassHead(AuxiliaryModel<T> model, ModelActivations<T> activations, LayerNormWeights<T> gradients)
    {
        Residual.AsSpan().Clear();
        head.Compute(model, sequence, activations.Logits, buffers.Shared.Logits, buffers.Shared.NormOutput);
        PassNorm(model.FinalNorm, activations.FinalInput, activations.FinalNorm, gradients);
    }

    /// <summary>From above a block to below it.</summary>
    /// <param name="block">Weights.</param>
    /// <param name="activations">The block's forward pass.</param>
    /// <param name="gradients">Receives the sums that change the block.</param>
    public void PassBlock(AuxiliaryBlock<T> block, BlockActivations<T> activations, AuxiliaryBlock<T> gradients)
    {
        BackwardBuffers<T> shared = buffers.Shared;
        PassLinear(block.Contract, activations.Activated, Residual, shared.Activated, gradients.Contract);
        PassActivation(activations.PreActivation, shared.Activated);
        PassLinear(block.Expand, activations.FeedForwardNorm.Output, shared.Activated, shared.NormOutput, gradients.Expand);
        PassNorm(block.FeedForwardNorm, activations.Middle, activations.FeedForwardNorm, gradients.FeedForwardNorm);

        PassLinear(block.Output, activations.Context, Residual, shared.Context, gradients.Output);
        PassAttention(block, activations, gradients);
        PassNorm(block.AttentionNorm, activations.Input, activations.AttentionNorm, gradients.AttentionNorm);
    }

    /// <summary>Passes down g W; W changes by Σ_t m_t g_t x_tᵀ, b by Σ_t m_t g_t.</summary>
    private void PassLinear(
        LinearWeights<T> weights, Matrix<T> input, Matrix<T> outputGradient, Matrix<T> inputGradient, LinearWeights<T> gradients, bool accumulate = false)
    {
        linear.PassDown(weights, outputGradient, inputGradient, accumulate);
        linear.Accumulate(gradients, input, Masked(outputGradient));
    }

    /// <summary>
    /// Adds N (LN₀(x + (g G) / N) − x̂) to the residual's gradient; β changes by Σ_t m_t g_t and, where it is trained, the
    /// full G by Σ_t m_t g_t x̂_tᵀ. g is in the buffer for the gradient at a layer norm's output.
    /// </summary>
    private void PassNorm(LayerNormWeights<T> norm, Matrix<T> input, NormActivations<T> activations, LayerNormWeights<T> gradients)
    {
        Matrix<T> outputGradient = buffers.Shared.NormOutput;
        Matrix<T> inputGradient = buffers.Shared.NormInput;
        layerNorm.Accumulate(gradients, activations, Masked(outputGradient));
        layerNorm.PassThroughGain(norm, outputGradient, inputGradient);
        if (options.ExactLayerNorm)
            layerNorm.PassThroughNormalisation(activations, inputGradient);
        else
            workers.ForEachRow(sequence.Length, row => taylor.PassThroughNormalisation(input.Row(row), activations.Normalised.Row(row), inputGradient.Row(row)));
        workers.ForEachRow(sequence.Length, row => TensorPrimitives.Add<T>(Residual.Row(row), inputGradient.Row(row), Residual.Row(row)));
    }

    /// <summary>Replaces g by N (act(z + g / N) − act(z)).</summary>
    private void PassActivation(Matrix<T> preActivation, Matrix<T> gradient) =>
        workers.ForEachRow(sequence.Length, row =>
        {
            Span<T> scratch = buffers.Shared.Derivative.Row(row);
            if (options.ExactActivation)
            {
                activation.Differentiate(preActivation.Row(row), scratch);
                TensorPrimitives.Multiply(gradient.Row(row), scratch, gradient.Row(row));
            }
            else
            {
                taylor.PassThroughActivation(preActivation.Row(row), gradient.Row(row), scratch);
            }
        });

    /// <summary>
    /// From the gradient of c to that of a: to v alone through Aᵀ, with <c>none</c> as if A were the identity, with <c>exact</c>
    /// through the scores to q and k as well, which then are linear modules like v.
    /// </summary>
    private void PassAttention(AuxiliaryBlock<T> block, BlockActivations<T> activations, AuxiliaryBlock<T> gradients)
    {
        BackwardBuffers<T> shared = buffers.Shared;
        Matrix<T> input = activations.AttentionNorm.Output;
        if (attentionVariant == "none")
        {
            PassLinear(block.Value, input, shared.Context, shared.NormOutput, gradients.Value);
            return;
        }

        attention.PassToValues(activations, sequence.IsTraining, shared.Context, shared.Scores, shared.Value);
        PassLinear(block.Value, input, shared.Value, shared.NormOutput, gradients.Value);
        if (attentionVariant == "exact")
        {
            attention.PassToQueriesAndKeys(activations, sequence.IsTraining, shared.Context, shared.Scores, shared.Query, shared.Key);
            PassLinear(block.Query, input, shared.Query, shared.NormOutput, gradients.Query, accumulate: true);
            PassLinear(block.Key, input, shared.Key, shared.NormOutput, gradients.Key, accumulate: true);
        }
    }

    /// <summary>m_t g_t.</summary>
    private Matrix<T> Masked(Matrix<T> gradient)
    {
        Matrix<T> masked = new(gradient.Rows, gradient.Columns, buffers.Masked);
        workers.ForEachRow(gradient.Rows, row =>
        {
            if (sequence.IsTraining[row])
                gradient.Row(row).CopyTo(masked.Row(row));
            else
                masked.Row(row).Clear();
        });
        return masked;
    }
}

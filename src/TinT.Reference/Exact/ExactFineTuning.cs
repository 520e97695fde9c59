using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Backward;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Exact;

/// <summary>
/// Exact SGD: W −= lr ∂L/∂W with the true gradients of L = Σ_t f_t · (−log softmax(logits_t)[id_{t+1}]), where f_t is
/// 1 (or the gradient mask of token t + 1) if token t + 1 is a training token, else 0. The loss is summed, never averaged;
/// it is the softmax loss whatever loss the spec names.
/// </summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ExactFineTuning<T> : FineTuning<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly ParameterSubset subset;
    private readonly ExactBackward<T> backward;
    private BackwardBuffers<T>? buffers;

    /// <summary>Creates the fine-tuning.</summary>
    /// <param name="model">Weights; not changed.</param>
    /// <param name="description">What is simulated: steps, layers, learning rate and, for the subset, what TinT updates.</param>
    /// <param name="subset">Which parameters are trained.</param>
    /// <param name="threadCount">Most threads at work; <see langword="null"/> for all processors.</param>
    /// <exception cref="ArgumentException">The model's shape is not the one described.</exception>
    public ExactFineTuning(AuxiliaryModel<T> model, SimulatorDescription description, ParameterSubset subset, int? threadCount = null)
        : base(model, description, threadCount)
    {
        this.subset = subset;
        backward = new ExactBackward<T>(model.Description, Workers);
    }

    private protected override ParameterSelection Select(int trainedLayers) => new(subset, Description, trainedLayers);

    private protected override void TakeStep(TrainingStep<T> step)
    {
        AuxiliaryModel<T> gradients = Gradients(step);
        T factor = T.CreateChecked(-step.Training.LearningRate);
        foreach ((ParameterTensor<T> weight, ParameterTensor<T> gradient) in step.Model.Tensors.Zip(gradients.Tensors))
        {
            if (gradient.Values.Length > 0)
                TensorPrimitives.MultiplyAdd<T>(gradient.Values, factor, weight.Values, weight.Values);
        }
    }

    /// <summary>Gradients of the loss at the weights and activations of a step.</summary>
    internal AuxiliaryModel<T> Gradients(TrainingStep<T> step)
    {
        if (buffers?.Residual.Rows != step.Sequence.Length)
            buffers = new BackwardBuffers<T>(step.Model.Description, step.Sequence.Length);
        AuxiliaryModel<T> gradients = step.Model.ZerosFor(step.Selection);
        backward.Run(step.Model, step.Sequence, step.Activations, step.Selection, buffers, gradients);
        return gradients;
    }
}

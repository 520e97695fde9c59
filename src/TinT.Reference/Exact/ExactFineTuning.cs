using System.Numerics;
using TinT.Model;
using TinT.Reference.Tape;
using TinT.Reference.Weights;

namespace TinT.Reference.Exact;

/// <summary>
/// Exact SGD: W −= lr ∂L/∂W with the true gradients of L = Σ_t f_t · (−log softmax(logits_t)[id_{t+1}]), where f_t is
/// 1 (or the gradient mask of token t + 1) if token t + 1 is a training token, else 0. The loss is summed, never averaged;
/// it is the softmax loss whatever loss the spec names.
/// </summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="model">Weights; not changed.</param>
/// <param name="description">What is simulated: steps, layers, learning rate and, for the subset, what TinT updates.</param>
/// <param name="subset">Which parameters are trained.</param>
/// <param name="threadCount">Most threads at work; <see langword="null"/> for all processors.</param>
/// <exception cref="ArgumentException">The model's shape is not the one described.</exception>
public sealed class ExactFineTuning<T>(AuxiliaryModel<T> model, SimulatorDescription description, ParameterSubset subset, int? threadCount = null)
    : FineTuning<T>(model, description, new(subset, "softmax", new BackwardRules<T>()), threadCount)
    where T : IFloatingPointIeee754<T>;

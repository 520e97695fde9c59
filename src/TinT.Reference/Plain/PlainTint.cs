using System.Numerics;
using TinT.Model;
using TinT.Reference.Tape;
using TinT.Reference.Weights;

namespace TinT.Reference.Plain;

/// <summary>TinT's equations written out: what a TinT simulator computes, without the simulator. With <c>method: exact</c> all approximations are off.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// With <c>layer_norm: full</c> the gain of every trained norm becomes a full D×D matrix G, which starts as diag(gain), that of queries and keys one of d×d. A
/// checkpoint has room for its diagonal only, so the weight update named like the gain is the change of the diagonal; the
/// logits are those of the full matrix.
/// </remarks>
/// <param name="model">Weights; not changed.</param>
/// <param name="description">What is simulated.</param>
/// <param name="options">Approximations to make exact; <see langword="null"/> for none.</param>
/// <param name="threadCount">Most threads at work; <see langword="null"/> for all processors.</param>
/// <exception cref="ArgumentException">The model's shape is not the one described.</exception>
public sealed class PlainTint<T>(AuxiliaryModel<T> model, SimulatorDescription description, PlainTintOptions? options = null, int? threadCount = null)
    : FineTuning<T>(model, description, Rules(description, options ?? PlainTintOptions.AsWritten), threadCount)
    where T : IFloatingPointIeee754<T>
{
    private static FineTuningRules<T> Rules(SimulatorDescription description, PlainTintOptions options)
    {
        ArgumentNullException.ThrowIfNull(description);
        TrainingDescription training = description.Training;
        if (training.IsExact)
            options = PlainTintOptions.AllExact with { BlockGradients = options.BlockGradients };
        T scale = T.CreateChecked(training.TaylorScale);
        BackwardRules<T> backward = new()
        {
            NormScale = options.ExactLayerNorm ? T.Zero : scale,
            ActivationScale = options.ExactActivation ? T.Zero : scale,
            Attention = options.ExactScoreGradients ? AttentionRule.Exact : Attention(training.Attention),
            OnlyTraining = !training.IsExact,
        };
        return new(ParameterSubset.TintSubset, training.Loss, backward)
        {
            KeepsLastRow = training.Compatibility == "authors",
            GainMatrices = training.LayerNorm == "full",
            SharesBiases = !options.ExactBiases,
            RecordsBlockGradients = options.BlockGradients,
        };
    }

    private static AttentionRule Attention(string name) => name switch
    {
        "none" => AttentionRule.None,
        "values" => AttentionRule.Values,
        "exact" => AttentionRule.Exact,
        _ => throw new ArgumentException($"The reference passes gradients through attention by none, values and exact, not by '{name}'.", nameof(name)),
    };
}

using System.Numerics;
using TinT.Reference.Tape;
using TinT.Reference.Weights;

namespace TinT.Reference;

/// <summary>What a way of fine-tuning trains and how.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Subset">The trained parameters.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Backward">Where the backward pass departs from the true gradients.</param>
internal sealed record FineTuningRules<T>(ParameterSubset Subset, string Loss, BackwardRules<T> Backward)
    where T : IFloatingPointIeee754<T>
{
    /// <summary>Whether the last row of the loss counts, which has no target.</summary>
    public bool KeepsLastRow { get; init; }

    /// <summary>Whether trained gains of norms are full matrices.</summary>
    public bool GainMatrices { get; init; }

    /// <summary>Whether each block of a map updates its own share of the bias.</summary>
    public bool SharesBiases { get; init; }

    /// <summary>Whether results hold the gradients of the residual stream.</summary>
    public bool RecordsBlockGradients { get; init; }
}

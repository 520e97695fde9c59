using TinT.Runtime.Cpu.Functions;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu;

/// <summary>Cross entropy of one row of logits.</summary>
public static class SoftmaxLoss
{
    /// <summary>Replaces logits by their softmax.</summary>
    /// <param name="logits">[V]; probabilities afterwards.</param>
    /// <param name="target">Index of the true class.</param>
    /// <returns>−log p(target) in nats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public static double Softmax(Span<float> logits, int target)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)target, (uint)logits.Length, nameof(target));
        return SoftmaxRow.Softmax(logits, target, VectorWidths.Widest);
    }

    /// <summary>−log p(target) in nats; the logits stay as they are.</summary>
    /// <param name="logits">[V].</param>
    /// <param name="target">Index of the true class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public static double Loss(ReadOnlySpan<float> logits, int target)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)target, (uint)logits.Length, nameof(target));
        return SoftmaxRow.Loss(logits, target, VectorWidths.Widest);
    }
}

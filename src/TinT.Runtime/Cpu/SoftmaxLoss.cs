using TinT.Runtime.Cpu.Functions;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu;

/// <summary>Cross entropy of one row of logits.</summary>
public static unsafe class SoftmaxLoss
{
    /// <summary>Replaces logits by their softmax.</summary>
    /// <param name="logits">[V]; probabilities afterwards.</param>
    /// <param name="target">Index of the true class.</param>
    /// <returns>−log p(target) in nats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public static double Softmax(Span<float> logits, int target)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)target, (uint)logits.Length, nameof(target));
        return Softmax(logits, target, VectorWidths.Widest);
    }

    /// <summary>−log p(target) in nats; the logits stay as they are.</summary>
    /// <param name="logits">[V].</param>
    /// <param name="target">Index of the true class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public static double Loss(ReadOnlySpan<float> logits, int target)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)target, (uint)logits.Length, nameof(target));
        return Loss(logits, target, VectorWidths.Widest);
    }

    /// <summary>As <see cref="Softmax(Span{float}, int)"/> with vectors of the given width.</summary>
    internal static double Softmax(Span<float> logits, int target, VectorWidth width)
    {
        fixed (float* row = logits)
        {
            return width switch
            {
                VectorWidth.Bits512 => SoftmaxRow<Lanes512>.Softmax(row, logits.Length, target),
                VectorWidth.Bits256 => SoftmaxRow<Lanes256>.Softmax(row, logits.Length, target),
                _ => SoftmaxRow<Lanes128>.Softmax(row, logits.Length, target),
            };
        }
    }

    /// <summary>As <see cref="Loss(ReadOnlySpan{float}, int)"/> with vectors of the given width.</summary>
    internal static double Loss(ReadOnlySpan<float> logits, int target, VectorWidth width)
    {
        fixed (float* row = logits)
        {
            return width switch
            {
                VectorWidth.Bits512 => SoftmaxRow<Lanes512>.Loss(row, logits.Length, target),
                VectorWidth.Bits256 => SoftmaxRow<Lanes256>.Loss(row, logits.Length, target),
                _ => SoftmaxRow<Lanes128>.Loss(row, logits.Length, target),
            };
        }
    }
}

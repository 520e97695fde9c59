using System.ComponentModel;
using TinT.Runtime.Cpu.Functions;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Runtime.Cpu;

/// <summary>Cross entropy of logits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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

    /// <summary>−log softmax(x Wᵀ + b)[target] of rows of x, in nats, without logits in memory.</summary>
    /// <param name="workers">Who computes.</param>
    /// <param name="x">Input of the head, [T, in].</param>
    /// <param name="rows">Rows of x, in any order.</param>
    /// <param name="w">The head, [V, in].</param>
    /// <param name="bias">b, [V]; the default for none.</param>
    /// <param name="targets">True class of each of the rows.</param>
    /// <param name="losses">Loss of each of the rows.</param>
    /// <param name="cap">c of c tanh(logit / c), which stands for logits; 0 if they stay as they are.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or class.</exception>
    public static void OfLinear(
        Workers workers, MatrixView x, ReadOnlySpan<int> rows, WeightView w, VectorView bias, ReadOnlySpan<int> targets, Span<float> losses, float cap = 0)
    {
        ArgumentNullException.ThrowIfNull(workers);
        Shapes.Require(nameof(OfLinear), nameof(x), x, x.Rows, w.Columns);
        if (bias.Length > 0)
            Shapes.RequireLength(nameof(OfLinear), nameof(bias), bias.Length, w.Rows);
        Shapes.RequireLength(nameof(OfLinear), nameof(targets), targets.Length, rows.Length);
        Shapes.RequireLength(nameof(OfLinear), nameof(losses), losses.Length, rows.Length);
        foreach (int row in rows)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)x.Rows, nameof(rows));
        foreach (int target in targets)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)target, (uint)w.Rows, nameof(targets));
        if (rows.IsEmpty)
            return;

        switch (workers.Width)
        {
            case VectorWidth.Bits512:
                LinearCrossEntropy<Lanes512>.Run(workers, x, rows, w, bias, targets, losses, cap);
                break;
            case VectorWidth.Bits256:
                LinearCrossEntropy<Lanes256>.Run(workers, x, rows, w, bias, targets, losses, cap);
                break;
            default:
                LinearCrossEntropy<Lanes128>.Run(workers, x, rows, w, bias, targets, losses, cap);
                break;
        }
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

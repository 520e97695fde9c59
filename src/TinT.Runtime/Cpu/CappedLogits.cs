using System.ComponentModel;
using TinT.Runtime.Cpu.Functions;
using TinT.Runtime.Cpu.Lanes;

namespace TinT.Runtime.Cpu;

/// <summary>Bounded logits l = c tanh(z / c), and gradients of losses with respect to z, the coefficients of the head's rows: exact through the bound.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class CappedLogits
{
    /// <summary>Replaces z by l.</summary>
    /// <param name="logits">[V].</param>
    /// <param name="cap">c.</param>
    public static void Apply(Span<float> logits, float cap) => Apply(logits, cap, VectorWidths.Widest);

    /// <summary>Replaces l by (weight · softmax(l) − targetWeight · onehot(target)) ∘ (1 − (l / c)²).</summary>
    /// <param name="logits">[V]; coefficients afterwards.</param>
    /// <param name="target">Index of the true class.</param>
    /// <param name="weight">Factor of the row's gradient.</param>
    /// <param name="targetWeight">Factor of the target's part of it.</param>
    /// <param name="cap">c.</param>
    /// <returns>−log p(target) in nats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public static double Softmax(Span<float> logits, int target, float weight, float targetWeight, float cap) =>
        Softmax(logits, target, weight, targetWeight, cap, VectorWidths.Widest);

    /// <summary>Replaces l by (weight · l − targetWeight · onehot(target)) ∘ (1 − (l / c)²).</summary>
    /// <inheritdoc cref="Softmax(Span{float}, int, float, float, float)"/>
    public static void Quadratic(Span<float> logits, int target, float weight, float targetWeight, float cap) =>
        Linear(logits, target, weight, 0, targetWeight, cap, VectorWidths.Widest);

    /// <summary>Replaces l by (weight / V − targetWeight · onehot(target)) ∘ (1 − (l / c)²).</summary>
    /// <inheritdoc cref="Softmax(Span{float}, int, float, float, float)"/>
    public static void Mean(Span<float> logits, int target, float weight, float targetWeight, float cap) =>
        Linear(logits, target, 0, weight / Math.Max(1, logits.Length), targetWeight, cap, VectorWidths.Widest);

    /// <summary>As <see cref="Apply(Span{float}, float)"/> with vectors of the given width.</summary>
    internal static void Apply(Span<float> logits, float cap, VectorWidth width)
    {
        fixed (float* row = logits)
        {
            switch (width)
            {
                case VectorWidth.Bits512:
                    CappedRow<Lanes512>.Apply(row, logits.Length, cap);
                    break;
                case VectorWidth.Bits256:
                    CappedRow<Lanes256>.Apply(row, logits.Length, cap);
                    break;
                default:
                    CappedRow<Lanes128>.Apply(row, logits.Length, cap);
                    break;
            }
        }
    }

    /// <summary>As <see cref="Softmax(Span{float}, int, float, float, float)"/> with vectors of the given width.</summary>
    internal static double Softmax(Span<float> logits, int target, float weight, float targetWeight, float cap, VectorWidth width)
    {
        float ofTarget = OfTarget(logits, target, targetWeight, cap);
        double loss;
        fixed (float* row = logits)
        {
            loss = width switch
            {
                VectorWidth.Bits512 => CappedRow<Lanes512>.Softmax(row, logits.Length, target, weight, cap),
                VectorWidth.Bits256 => CappedRow<Lanes256>.Softmax(row, logits.Length, target, weight, cap),
                _ => CappedRow<Lanes128>.Softmax(row, logits.Length, target, weight, cap),
            };
        }

        logits[target] -= ofTarget;
        return loss;
    }

    /// <summary>(weight · l + constant − targetWeight · onehot(target)) ∘ (1 − (l / c)²) with vectors of the given width.</summary>
    internal static void Linear(Span<float> logits, int target, float weight, float constant, float targetWeight, float cap, VectorWidth width)
    {
        float ofTarget = OfTarget(logits, target, targetWeight, cap);
        fixed (float* row = logits)
        {
            switch (width)
            {
                case VectorWidth.Bits512:
                    CappedRow<Lanes512>.Linear(row, logits.Length, weight, constant, cap);
                    break;
                case VectorWidth.Bits256:
                    CappedRow<Lanes256>.Linear(row, logits.Length, weight, constant, cap);
                    break;
                default:
                    CappedRow<Lanes128>.Linear(row, logits.Length, weight, constant, cap);
                    break;
            }
        }

        logits[target] -= ofTarget;
    }

    private static float OfTarget(Span<float> logits, int target, float weight, float cap)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)target, (uint)logits.Length, nameof(target));
        float share = logits[target] / cap;
        return weight * (1 - share) * (1 + share);
    }
}

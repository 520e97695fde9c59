using System.ComponentModel;
using TinT.Runtime.Cpu.Attention;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Runtime.Cpu;

/// <summary>Causal multi-head attention c = A v, A = softmax over j ≤ i of scale q kᵀ + slope (position_j − position_i), d the head size, and its gradients.</summary>
/// <remarks>
/// Head h is columns h·d … h·d + d − 1 of q, and reads the head of k and v of its group. The matrix A is never held whole: a worker holds the rows of a block of queries. Results do not
/// depend on the number of workers, bit for bit. Views may be strided, as parts of one [T, 3 D] matrix are.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CausalAttention
{
    /// <summary>output = A v.</summary>
    /// <param name="workers">Who computes.</param>
    /// <param name="q">Queries, [T, heads · d].</param>
    /// <param name="k">Keys, [T, heads of keys · d].</param>
    /// <param name="v">Values, [T, heads of keys · d].</param>
    /// <param name="output">c, [T, heads · d]; must not overlap the operands.</param>
    /// <param name="form">Heads, scale, slopes, window.</param>
    /// <param name="mask">What is forbidden.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public static void Forward(Workers workers, MatrixView q, MatrixView k, MatrixView v, MatrixView output, AttentionForm form, AttentionMask mask)
    {
        ArgumentNullException.ThrowIfNull(workers);
        CheckOperands(nameof(Forward), q, k, form, mask);
        Shapes.Require(nameof(Forward), nameof(v), v, q.Rows, k.Columns);
        Shapes.Require(nameof(Forward), nameof(output), output, q.Rows, q.Columns);

        AttentionScores scores = new(q, k, form, mask);
        switch (workers.Width)
        {
            case VectorWidth.Bits512:
                AttentionForward<Lanes512>.Run(workers, scores, v, output);
                break;
            case VectorWidth.Bits256:
                AttentionForward<Lanes256>.Run(workers, scores, v, output);
                break;
            default:
                AttentionForward<Lanes128>.Run(workers, scores, v, output);
                break;
        }
    }

    /// <summary>The part of the gradient that TinT keeps: valuesGradient[j] = Σ A[i, j] gradient[i] over the rows i ≥ j in range.</summary>
    /// <param name="workers">Who computes.</param>
    /// <param name="q">Queries, [T, heads · d].</param>
    /// <param name="k">Keys, [T, heads of keys · d].</param>
    /// <param name="gradient">Gradient at the output for the rows in range, [rowCount, as the operand].</param>
    /// <param name="valuesGradient">Gradient at the values for the rows in range, [rowCount, as the operand].</param>
    /// <param name="form">Heads, scale, slopes, window.</param>
    /// <param name="mask">What is forbidden.</param>
    /// <param name="firstRow">First row in range.</param>
    /// <param name="rowCount">Rows in range.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public static void BackwardValues(
        Workers workers, MatrixView q, MatrixView k, MatrixView gradient, MatrixView valuesGradient, AttentionForm form, AttentionMask mask, int firstRow, int rowCount)
    {
        ArgumentNullException.ThrowIfNull(workers);
        CheckOperands(nameof(BackwardValues), q, k, form, mask);
        ViewBounds.CheckRange(q.Rows, firstRow, rowCount);
        Shapes.Require(nameof(BackwardValues), nameof(gradient), gradient, rowCount, q.Columns);
        Shapes.Require(nameof(BackwardValues), nameof(valuesGradient), valuesGradient, rowCount, k.Columns);
        Backward(workers, new AttentionScores(q, k, form, mask), new AttentionGradients(firstRow, default, gradient, default, default, valuesGradient));
    }

    /// <summary>The whole gradient, through the scores too, for the rows in range.</summary>
    /// <param name="workers">Who computes.</param>
    /// <param name="q">Queries, [T, heads · d].</param>
    /// <param name="k">Keys, [T, heads of keys · d].</param>
    /// <param name="v">Values, [T, heads of keys · d].</param>
    /// <param name="gradient">g, gradient at the output for the rows in range, [rowCount, as the operand].</param>
    /// <param name="queriesGradient">dq, [rowCount, as the operand].</param>
    /// <param name="keysGradient">dk, [rowCount, as the operand].</param>
    /// <param name="valuesGradient">dv, [rowCount, as the operand].</param>
    /// <param name="form">Heads, scale, slopes, window.</param>
    /// <param name="mask">What is forbidden.</param>
    /// <param name="firstRow">First row in range.</param>
    /// <param name="rowCount">Rows in range.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    /// <remarks>dv = Aᵀ g; dA = g vᵀ; dS = A ∘ (dA − Σ_j A dA); dq = dS k / √d; dk = dSᵀ q / √d, sums over the rows in range.</remarks>
    public static void BackwardExact(
        Workers workers,
        MatrixView q,
        MatrixView k,
        MatrixView v,
        MatrixView gradient,
        MatrixView queriesGradient,
        MatrixView keysGradient,
        MatrixView valuesGradient,
        AttentionForm form,
        AttentionMask mask,
        int firstRow,
        int rowCount)
    {
        ArgumentNullException.ThrowIfNull(workers);
        CheckOperands(nameof(BackwardExact), q, k, form, mask);
        ViewBounds.CheckRange(q.Rows, firstRow, rowCount);
        Shapes.Require(nameof(BackwardExact), nameof(v), v, q.Rows, k.Columns);
        Shapes.Require(nameof(BackwardExact), nameof(gradient), gradient, rowCount, q.Columns);
        Shapes.Require(nameof(BackwardExact), nameof(queriesGradient), queriesGradient, rowCount, q.Columns);
        Shapes.Require(nameof(BackwardExact), nameof(keysGradient), keysGradient, rowCount, k.Columns);
        Shapes.Require(nameof(BackwardExact), nameof(valuesGradient), valuesGradient, rowCount, k.Columns);
        Backward(
            workers,
            new AttentionScores(q, k, form, mask),
            new AttentionGradients(firstRow, v, gradient, queriesGradient, keysGradient, valuesGradient));
    }

    private static void Backward(Workers workers, AttentionScores scores, AttentionGradients gradients)
    {
        switch (workers.Width)
        {
            case VectorWidth.Bits512:
                AttentionBackward<Lanes512>.Run(workers, scores, gradients);
                break;
            case VectorWidth.Bits256:
                AttentionBackward<Lanes256>.Run(workers, scores, gradients);
                break;
            default:
                AttentionBackward<Lanes128>.Run(workers, scores, gradients);
                break;
        }
    }

    private static void CheckOperands(string operation, MatrixView q, MatrixView k, AttentionForm form, AttentionMask mask)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(form.KeyValueHeads, 1, nameof(form));
        ArgumentOutOfRangeException.ThrowIfNotEqual(form.Heads % form.KeyValueHeads, 0, nameof(form));
        ArgumentOutOfRangeException.ThrowIfNotEqual(q.Columns % form.Heads, 0, nameof(form));
        Shapes.Require(operation, nameof(k), k, q.Rows, q.Columns / form.GroupSize);
        if (!mask.IsNone)
            Shapes.Require(operation, nameof(mask), mask.Allowed, q.Rows, q.Rows);
    }
}

using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;
using TinT.Runtime.Ilgpu.Kernels.Groups;

namespace TinT.Runtime.Ilgpu.Kernels.Losses;

/// <summary>What rows' losses are computed from, log Σ exp(logit − largest) − (logit of the target − largest): bodies of grouped kernels, one group for each row.</summary>
public static class RowLosses
{
    /// <summary>Floats that a row's loss is computed from.</summary>
    private const int Columns = 3;

    /// <summary>Largest logit, Σ exp(logit − largest) and the target's logit.</summary>
    /// <param name="logits">[rows, vocabulary].</param>
    /// <param name="targets">Token that each row predicts, [rows].</param>
    /// <param name="losses">[rows, 3].</param>
    /// <param name="vocabulary">Tokens.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void Measure<TGroup>(
        ArrayView1D<float, Stride1D.Dense> logits, ArrayView1D<int, Stride1D.Dense> targets, ArrayView1D<float, Stride1D.Dense> losses, int vocabulary)
        where TGroup : struct, IGroup =>
        Find<TGroup>(logits, targets, losses, vocabulary);

    /// <summary>The same, and the coefficients of the loss gradient in the logits' place.</summary>
    /// <param name="logits">[rows, vocabulary].</param>
    /// <param name="targets">Token that each row predicts, [rows].</param>
    /// <param name="weights">Factor m of each row's gradient, [rows].</param>
    /// <param name="losses">[rows, 3].</param>
    /// <param name="descends">Whether the gradient is wanted: 1 or 0.</param>
    /// <param name="vocabulary">Tokens.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    /// <typeparam name="TLoss">The loss.</typeparam>
    public static void MeasureAndDerive<TGroup, TLoss>(
        ArrayView1D<float, Stride1D.Dense> logits,
        ArrayView1D<int, Stride1D.Dense> targets,
        ArrayView1D<float, Stride1D.Dense> weights,
        ArrayView1D<float, Stride1D.Dense> losses,
        int descends,
        int vocabulary)
        where TGroup : struct, IGroup
        where TLoss : struct, ILossCoefficient
    {
        (float largest, float sum) = Find<TGroup>(logits, targets, losses, vocabulary);
        Group.Barrier();
        if (descends != 0)
        {
            int first = Grid.IdxX * vocabulary;
            float weight = weights[Grid.IdxX];
            for (int column = Group.IdxX; column < vocabulary; column += AttentionTile<TGroup>.Threads)
                logits[first + column] = TLoss.Coefficient(weight, logits, first + column, vocabulary, largest, sum);
        }
    }

    /// <summary>The same of bounded logits c tanh(z / c): coefficients of the gradient at z, the target's part among them.</summary>
    /// <param name="logits">[rows, vocabulary].</param>
    /// <param name="targets">Token that each row predicts, [rows].</param>
    /// <param name="weights">Factor m of each row's gradient, [rows].</param>
    /// <param name="targetWeights">The same, 0 for a row without target, [rows].</param>
    /// <param name="losses">[rows, 3].</param>
    /// <param name="descends">Whether the gradient is wanted: 1 or 0.</param>
    /// <param name="vocabulary">Tokens.</param>
    /// <param name="cap">c.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    /// <typeparam name="TLoss">The loss.</typeparam>
    public static void MeasureAndDeriveCapped<TGroup, TLoss>(
        ArrayView1D<float, Stride1D.Dense> logits,
        ArrayView1D<int, Stride1D.Dense> targets,
        ArrayView1D<float, Stride1D.Dense> weights,
        ArrayView1D<float, Stride1D.Dense> targetWeights,
        ArrayView1D<float, Stride1D.Dense> losses,
        int descends,
        int vocabulary,
        float cap)
        where TGroup : struct, IGroup
        where TLoss : struct, ILossCoefficient
    {
        (float largest, float sum) = Find<TGroup>(logits, targets, losses, vocabulary);
        Group.Barrier();
        if (descends != 0)
        {
            int first = Grid.IdxX * vocabulary;
            float weight = weights[Grid.IdxX];
            float targetWeight = targetWeights[Grid.IdxX];
            int target = targets[Grid.IdxX];
            for (int column = Group.IdxX; column < vocabulary; column += AttentionTile<TGroup>.Threads)
            {
                float share = logits[first + column] / cap;
                float coefficient = TLoss.Coefficient(weight, logits, first + column, vocabulary, largest, sum);
                logits[first + column] = (coefficient - (column == target ? targetWeight : 0f)) * (1f - share) * (1f + share);
            }
        }
    }

    private static (float Largest, float Sum) Find<TGroup>(
        ArrayView1D<float, Stride1D.Dense> logits, ArrayView1D<int, Stride1D.Dense> targets, ArrayView1D<float, Stride1D.Dense> losses, int vocabulary)
        where TGroup : struct, IGroup
    {
        ArrayView<float> shared = GroupSums.Allocate<TGroup>();
        int thread = Group.IdxX;
        int row = Grid.IdxX;
        int first = row * vocabulary;
        float threadLargest = float.MinValue;
        for (int column = thread; column < vocabulary; column += AttentionTile<TGroup>.Threads)
            threadLargest = XMath.Max(threadLargest, logits[first + column]);
        float largest = GroupSums.Largest<TGroup>(shared, thread, threadLargest);
        float threadSum = 0f;
        for (int column = thread; column < vocabulary; column += AttentionTile<TGroup>.Threads)
            threadSum += XMath.Exp(logits[first + column] - largest);
        float sum = GroupSums.Sum<TGroup>(shared, thread, threadSum);
        if (thread == 0)
        {
            losses[row * Columns] = largest;
            losses[(row * Columns) + 1] = sum;
            losses[(row * Columns) + 2] = logits[first + targets[row]];
        }

        return (largest, sum);
    }
}

using ILGPU;
using ILGPU.Runtime;

namespace TinT.Runtime.Ilgpu.Kernels.Losses;

/// <summary>What targets add to the loss gradient r: bodies of kernels that run once for each element.</summary>
public static class TargetGradient
{
    /// <summary>r_t −= m_t E[target_t].</summary>
    /// <param name="index">The element.</param>
    /// <param name="targets">Token that each row predicts, [R].</param>
    /// <param name="targetWeights">m_t, 0 for a row without target, [R].</param>
    /// <param name="embedding">E, [vocabulary, width].</param>
    /// <param name="gradient">r, [R, width].</param>
    /// <param name="width">Columns.</param>
    public static void Subtract(
        Index1D index,
        ArrayView1D<int, Stride1D.Dense> targets,
        ArrayView1D<float, Stride1D.Dense> targetWeights,
        ArrayView1D<float, Stride1D.Dense> embedding,
        ArrayView1D<float, Stride1D.Dense> gradient,
        int width) =>
        gradient[index] = gradient[index] - Part(index, targets, targetWeights, embedding, width);

    /// <summary>r_t = Σ parts_t − m_t E[target_t].</summary>
    /// <param name="index">The element.</param>
    /// <param name="targets">Token that each row predicts, [R].</param>
    /// <param name="targetWeights">m_t, 0 for a row without target, [R].</param>
    /// <param name="embedding">E, [vocabulary, width].</param>
    /// <param name="parts">Sums over parts of the vocabulary, [count, R, width].</param>
    /// <param name="gradient">r, [R, width].</param>
    /// <param name="count">Number of parts.</param>
    /// <param name="length">R · width.</param>
    /// <param name="width">Columns.</param>
    public static void SubtractFromParts(
        Index1D index,
        ArrayView1D<int, Stride1D.Dense> targets,
        ArrayView1D<float, Stride1D.Dense> targetWeights,
        ArrayView1D<float, Stride1D.Dense> embedding,
        ArrayView1D<float, Stride1D.Dense> parts,
        ArrayView1D<float, Stride1D.Dense> gradient,
        int count,
        int length,
        int width)
    {
        float sum = 0f;
        for (int part = 0; part < count; part++)
            sum += parts[(part * length) + index];
        gradient[index] = sum - Part(index, targets, targetWeights, embedding, width);
    }

    /// <summary>r_t = Σ parts_t, where coefficients have the targets' part.</summary>
    /// <param name="index">The element.</param>
    /// <param name="parts">Sums over parts of the vocabulary, [count, R, width].</param>
    /// <param name="gradient">r, [R, width].</param>
    /// <param name="count">Number of parts.</param>
    /// <param name="length">R · width.</param>
    public static void Sum(Index1D index, ArrayView1D<float, Stride1D.Dense> parts, ArrayView1D<float, Stride1D.Dense> gradient, int count, int length)
    {
        float sum = 0f;
        for (int part = 0; part < count; part++)
            sum += parts[(part * length) + index];
        gradient[index] = sum;
    }

    /// <summary>r_t = m_t mean − m_t E[target_t].</summary>
    /// <param name="index">The element.</param>
    /// <param name="targets">Token that each row predicts, [R].</param>
    /// <param name="targetWeights">m_t, 0 for a row without target, [R].</param>
    /// <param name="weights">m_t, [R].</param>
    /// <param name="mean">Mean of E over the vocabulary, [width].</param>
    /// <param name="embedding">E, [vocabulary, width].</param>
    /// <param name="gradient">r, [R, width].</param>
    /// <param name="width">Columns.</param>
    public static void SubtractFromMean(
        Index1D index,
        ArrayView1D<int, Stride1D.Dense> targets,
        ArrayView1D<float, Stride1D.Dense> targetWeights,
        ArrayView1D<float, Stride1D.Dense> weights,
        ArrayView1D<float, Stride1D.Dense> mean,
        ArrayView1D<float, Stride1D.Dense> embedding,
        ArrayView1D<float, Stride1D.Dense> gradient,
        int width) =>
        gradient[index] = (weights[index / width] * mean[index % width]) - Part(index, targets, targetWeights, embedding, width);

    private static float Part(
        int element, ArrayView1D<int, Stride1D.Dense> targets, ArrayView1D<float, Stride1D.Dense> targetWeights, ArrayView1D<float, Stride1D.Dense> embedding, int width)
    {
        int row = element / width;
        return targetWeights[row] * embedding[(targets[row] * width) + (element % width)];
    }
}

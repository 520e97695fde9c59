using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;
using TinT.Runtime.Ilgpu.Kernels.Groups;

namespace TinT.Runtime.Ilgpu.Kernels;

/// <summary>Layer norms: bodies of grouped kernels, one group for each row.</summary>
public static class LayerNorm
{
    /// <summary>r = 1 / √(ε + variance x), x̂ = (x − mean x) r.</summary>
    /// <param name="x">[rows, width].</param>
    /// <param name="normalized">x̂, [rows, width].</param>
    /// <param name="inverseDeviation">r, [rows].</param>
    /// <param name="width">Columns.</param>
    /// <param name="epsilon">ε.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void Normalize<TGroup>(
        ArrayView1D<float, Stride1D.Dense> x, ArrayView1D<float, Stride1D.Dense> normalized, ArrayView1D<float, Stride1D.Dense> inverseDeviation, int width, float epsilon)
        where TGroup : struct, IGroup
    {
        int first = Grid.IdxX * width;
        (float mean, float inverse) = Statistics<TGroup>(x, inverseDeviation, width, epsilon);
        for (int column = Group.IdxX; column < width; column += AttentionTile<TGroup>.Threads)
            normalized[first + column] = (x[first + column] - mean) * inverse;
    }

    /// <summary>r = 1 / √(ε + variance x), x̂ = (x − mean x) r, y = x̂ ∘ gain + β.</summary>
    /// <param name="x">[rows, width].</param>
    /// <param name="normalized">x̂, [rows, width].</param>
    /// <param name="inverseDeviation">r, [rows].</param>
    /// <param name="gain">[width].</param>
    /// <param name="bias">β, [width].</param>
    /// <param name="y">[rows, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="epsilon">ε.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void Forward<TGroup>(
        ArrayView1D<float, Stride1D.Dense> x,
        ArrayView1D<float, Stride1D.Dense> normalized,
        ArrayView1D<float, Stride1D.Dense> inverseDeviation,
        ArrayView1D<float, Stride1D.Dense> gain,
        ArrayView1D<float, Stride1D.Dense> bias,
        ArrayView1D<float, Stride1D.Dense> y,
        int width,
        float epsilon)
        where TGroup : struct, IGroup
    {
        int first = Grid.IdxX * width;
        (float mean, float inverse) = Statistics<TGroup>(x, inverseDeviation, width, epsilon);
        for (int column = Group.IdxX; column < width; column += AttentionTile<TGroup>.Threads)
        {
            float value = (x[first + column] - mean) * inverse;
            normalized[first + column] = value;
            y[first + column] = (value * gain[column]) + bias[column];
        }
    }

    private static (float Mean, float Inverse) Statistics<TGroup>(
        ArrayView1D<float, Stride1D.Dense> x, ArrayView1D<float, Stride1D.Dense> inverseDeviation, int width, float epsilon)
        where TGroup : struct, IGroup
    {
        ArrayView<float> shared = GroupSums.Allocate<TGroup>();
        int thread = Group.IdxX;
        int row = Grid.IdxX;
        int first = row * width;
        float sum = 0f;
        for (int column = thread; column < width; column += AttentionTile<TGroup>.Threads)
            sum += x[first + column];
        float mean = GroupSums.Sum<TGroup>(shared, thread, sum) / width;
        float squares = 0f;
        for (int column = thread; column < width; column += AttentionTile<TGroup>.Threads)
        {
            float deviation = x[first + column] - mean;
            squares += deviation * deviation;
        }

        float variance = GroupSums.Sum<TGroup>(shared, thread, squares) / width;
        float inverse = 1f / XMath.Sqrt(variance + epsilon);
        if (thread == 0)
            inverseDeviation[row] = inverse;
        return (mean, inverse);
    }
}

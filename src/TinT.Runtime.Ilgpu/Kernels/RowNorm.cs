using ILGPU;
using ILGPU.Runtime;
using TinT.Runtime.Formulas;
using TinT.Runtime.Ilgpu.Kernels.Formulas;
using TinT.Runtime.Ilgpu.Kernels.Groups;

namespace TinT.Runtime.Ilgpu.Kernels;

/// <summary>Norms of rows: bodies of grouped kernels, one group for each row.</summary>
public static class RowNorm
{
    /// <summary>x̂ and r, by which deviations are multiplied.</summary>
    /// <param name="x">[rows, width].</param>
    /// <param name="normalized">x̂, [rows, width].</param>
    /// <param name="inverseDeviation">r, [rows].</param>
    /// <param name="width">Columns.</param>
    /// <param name="epsilon">ε.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    /// <typeparam name="TNorm">The norm.</typeparam>
    public static void Normalize<TGroup, TNorm>(
        ArrayView1D<float, Stride1D.Dense> x, ArrayView1D<float, Stride1D.Dense> normalized, ArrayView1D<float, Stride1D.Dense> inverseDeviation, int width, float epsilon)
        where TGroup : struct, IGroup
        where TNorm : struct, INorm
    {
        int first = Grid.IdxX * width;
        (float mean, float inverse) = Statistics<TGroup, TNorm>(x, width, epsilon);
        Keep(inverseDeviation, inverse);
        for (int column = Group.IdxX; column < width; column += AttentionTile<TGroup>.Threads)
            normalized[first + column] = Deviation<TNorm>(x[first + column], mean) * inverse;
    }

    /// <summary>x̂, r and y = x̂ ∘ gain + β.</summary>
    /// <param name="x">[rows, width].</param>
    /// <param name="normalized">x̂, [rows, width].</param>
    /// <param name="inverseDeviation">r, [rows].</param>
    /// <param name="affine">Gain and β.</param>
    /// <param name="y">[rows, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="epsilon">ε.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    /// <typeparam name="TNorm">The norm.</typeparam>
    public static void Forward<TGroup, TNorm>(
        ArrayView1D<float, Stride1D.Dense> x,
        ArrayView1D<float, Stride1D.Dense> normalized,
        ArrayView1D<float, Stride1D.Dense> inverseDeviation,
        Affine affine,
        ArrayView1D<float, Stride1D.Dense> y,
        int width,
        float epsilon)
        where TGroup : struct, IGroup
        where TNorm : struct, INorm
    {
        int first = Grid.IdxX * width;
        (float mean, float inverse) = Statistics<TGroup, TNorm>(x, width, epsilon);
        Keep(inverseDeviation, inverse);
        for (int column = Group.IdxX; column < width; column += AttentionTile<TGroup>.Threads)
        {
            float value = Deviation<TNorm>(x[first + column], mean) * inverse;
            normalized[first + column] = value;
            y[first + column] = affine.Of(value, column);
        }
    }

    /// <summary>y = x̂ ∘ gain + β, where nothing passes back.</summary>
    /// <param name="x">[rows, width].</param>
    /// <param name="affine">Gain and β.</param>
    /// <param name="y">[rows, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="epsilon">ε.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    /// <typeparam name="TNorm">The norm.</typeparam>
    public static void Only<TGroup, TNorm>(ArrayView1D<float, Stride1D.Dense> x, Affine affine, ArrayView1D<float, Stride1D.Dense> y, int width, float epsilon)
        where TGroup : struct, IGroup
        where TNorm : struct, INorm
    {
        int first = Grid.IdxX * width;
        (float mean, float inverse) = Statistics<TGroup, TNorm>(x, width, epsilon);
        for (int column = Group.IdxX; column < width; column += AttentionTile<TGroup>.Threads)
            y[first + column] = affine.Of(Deviation<TNorm>(x[first + column], mean) * inverse, column);
    }

    /// <summary>The mean, 0 where the norm needs none, and r.</summary>
    private static (float Mean, float Inverse) Statistics<TGroup, TNorm>(ArrayView1D<float, Stride1D.Dense> x, int width, float epsilon)
        where TGroup : struct, IGroup
        where TNorm : struct, INorm
    {
        ArrayView<float> shared = GroupSums.Allocate<TGroup>();
        int thread = Group.IdxX;
        int first = Grid.IdxX * width;
        float mean = 0f;
        if (TNorm.IsCentred)
        {
            float sum = 0f;
            for (int column = thread; column < width; column += AttentionTile<TGroup>.Threads)
                sum += x[first + column];
            mean = GroupSums.Sum<TGroup>(shared, thread, sum) / width;
        }

        float squares = 0f;
        for (int column = thread; column < width; column += AttentionTile<TGroup>.Threads)
        {
            float deviation = Deviation<TNorm>(x[first + column], mean);
            squares += deviation * deviation;
        }

        return (mean, TNorm.InverseDeviation(new DeviceNumber(GroupSums.Sum<TGroup>(shared, thread, squares)), width, epsilon).Value);
    }

    private static float Deviation<TNorm>(float x, float mean)
        where TNorm : struct, INorm =>
        TNorm.Deviation(new DeviceNumber(x), new DeviceNumber(mean)).Value;

    private static void Keep(ArrayView1D<float, Stride1D.Dense> inverseDeviation, float inverse)
    {
        if (Group.IdxX == 0)
            inverseDeviation[Grid.IdxX] = inverse;
    }
}

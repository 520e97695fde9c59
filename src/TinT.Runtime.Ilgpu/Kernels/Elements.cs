using ILGPU;
using TinT.Runtime.Formulas;
using TinT.Runtime.Ilgpu.Kernels.Formulas;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels;

/// <summary>Bodies of kernels that run once for each element.</summary>
public static class Elements
{
    /// <summary>y = x₁ + x₂.</summary>
    /// <param name="index">The element.</param>
    /// <param name="left">x₁.</param>
    /// <param name="right">x₂.</param>
    /// <param name="y">y.</param>
    public static void Add(Index1D index, Matrix left, Matrix right, Matrix y) =>
        y.Values[y.At(index)] = left.Values[left.At(index)] + right.Values[right.At(index)];

    /// <summary>s = act(z).</summary>
    /// <param name="index">The element.</param>
    /// <param name="preActivation">z.</param>
    /// <param name="activated">s.</param>
    /// <typeparam name="TActivation">The activation.</typeparam>
    public static void Activate<TActivation>(Index1D index, Matrix preActivation, Matrix activated)
        where TActivation : struct, IActivation =>
        activated.Values[activated.At(index)] = Evaluation.Value<TActivation>(preActivation.Values[preActivation.At(index)]);

    /// <summary>∂z = N (act(z + ∂s/N) − act(z)).</summary>
    /// <param name="index">The element.</param>
    /// <param name="gradient">∂s.</param>
    /// <param name="preActivation">z.</param>
    /// <param name="result">∂z.</param>
    /// <param name="taylorScale">N.</param>
    /// <typeparam name="TActivation">The activation.</typeparam>
    public static void Difference<TActivation>(Index1D index, Matrix gradient, Matrix preActivation, Matrix result, float taylorScale)
        where TActivation : struct, IActivation =>
        result.Values[result.At(index)] =
            Evaluation.Moved<TActivation>(preActivation.Values[preActivation.At(index)], gradient.Values[gradient.At(index)], taylorScale).Change.Value;

    /// <summary>s = act(z) ∘ p.</summary>
    /// <param name="index">The element.</param>
    /// <param name="gate">z.</param>
    /// <param name="up">p.</param>
    /// <param name="activated">s.</param>
    /// <typeparam name="TActivation">The activation.</typeparam>
    public static void Gate<TActivation>(Index1D index, Matrix gate, Matrix up, Matrix activated)
        where TActivation : struct, IActivation =>
        activated.Values[activated.At(index)] = Evaluation.Value<TActivation>(gate.Values[gate.At(index)]) * up.Values[up.At(index)];

    /// <summary>∂p = ∂s ∘ act(z), ∂z = N (act(z + ∂s ∘ p/N) − act(z)).</summary>
    /// <param name="index">The element.</param>
    /// <param name="gradient">∂s.</param>
    /// <param name="gate">z.</param>
    /// <param name="up">p.</param>
    /// <param name="gateGradient">∂z.</param>
    /// <param name="upGradient">∂p.</param>
    /// <param name="taylorScale">N.</param>
    /// <typeparam name="TActivation">The activation.</typeparam>
    public static void GateDifference<TActivation>(
        Index1D index, Matrix gradient, Matrix gate, Matrix up, Matrix gateGradient, Matrix upGradient, float taylorScale)
        where TActivation : struct, IActivation
    {
        float slope = gradient.Values[gradient.At(index)];
        Moved<DeviceNumber> moved = Evaluation.Moved<TActivation>(gate.Values[gate.At(index)], slope * up.Values[up.At(index)], taylorScale);
        gateGradient.Values[gateGradient.At(index)] = moved.Change.Value;
        upGradient.Values[upGradient.At(index)] = slope * moved.Value.Value;
    }

    /// <summary>y = the heads of each group summed, in their order.</summary>
    /// <param name="index">The element of the sums.</param>
    /// <param name="heads">[rows, heads · size].</param>
    /// <param name="sums">[rows, groups · size].</param>
    /// <param name="headSize">Columns of a head.</param>
    public static void SumGroups(Index1D index, Matrix heads, Matrix sums, int headSize)
    {
        int row = index / sums.Columns.Length;
        int column = index % sums.Columns.Length;
        int groupSize = heads.Columns.Length / sums.Columns.Length;
        int first = heads.At(row, (column / headSize * groupSize * headSize) + (column % headSize));
        float sum = heads.Values[first];
        for (int head = 1; head < groupSize; head++)
            sum += heads.Values[first + (head * headSize)];
        sums.Values[sums.At(row, column)] = sum;
    }
}

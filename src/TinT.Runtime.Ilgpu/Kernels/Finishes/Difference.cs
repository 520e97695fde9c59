using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels.Finishes;

/// <summary>y −= sum.</summary>
/// <param name="y">What it is subtracted from.</param>
internal readonly struct Difference(Matrix y) : IFinish
{
    private readonly Matrix y = y;

    /// <inheritdoc/>
    public void Store(int row, int column, float sum)
    {
        if (y.Has(row, column))
            y.Values[y.At(row, column)] -= sum;
    }
}

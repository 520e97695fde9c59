using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels.Finishes;

/// <summary>W′ = W − lr · sum.</summary>
/// <param name="weight">W.</param>
/// <param name="updated">W′; may be W.</param>
/// <param name="learningRate">lr.</param>
public readonly struct Descent(Matrix weight, Matrix updated, float learningRate) : IFinish
{
    private readonly Matrix weight = weight, updated = updated;
    private readonly float learningRate = learningRate;

    /// <inheritdoc/>
    public void Store(int row, int column, float sum)
    {
        if (!updated.Has(row, column))
            return;
        int place = updated.At(row, column);
        updated.Values[place] = weight.Values[place] - (learningRate * sum);
    }
}

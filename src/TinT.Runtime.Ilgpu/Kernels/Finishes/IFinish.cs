namespace TinT.Runtime.Ilgpu.Kernels.Finishes;

/// <summary>What is done with an element of a tile once its sum is complete.</summary>
public interface IFinish
{
    /// <summary>Finishes an element, if it lies inside of the result.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="column">Its column.</param>
    /// <param name="sum">Its sum.</param>
    void Store(int row, int column, float sum);
}

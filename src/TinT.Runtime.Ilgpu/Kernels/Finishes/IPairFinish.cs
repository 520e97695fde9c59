namespace TinT.Runtime.Ilgpu.Kernels.Finishes;

/// <summary>What is done with an element of two tiles once both sums are complete.</summary>
internal interface IPairFinish
{
    /// <summary>Finishes an element.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="column">Its column.</param>
    /// <param name="first">Its sum in the first tile.</param>
    /// <param name="second">Its sum in the second.</param>
    void Store(int row, int column, float first, float second);
}

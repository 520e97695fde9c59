namespace TinT.Runtime.Ilgpu.Kernels.Finishes;

/// <summary>A function of the sums of two tiles at an element.</summary>
internal interface IPairFunction
{
    /// <summary>Its value.</summary>
    /// <param name="row">Row of the element.</param>
    /// <param name="column">Its column.</param>
    /// <param name="first">Its sum in the first tile.</param>
    /// <param name="second">Its sum in the second.</param>
    float Of(int row, int column, float first, float second);
}

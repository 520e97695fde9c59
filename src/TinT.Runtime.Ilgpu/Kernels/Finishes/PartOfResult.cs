using ILGPU;
using ILGPU.Runtime;

namespace TinT.Runtime.Ilgpu.Kernels.Finishes;

/// <summary>An element of one of some matrices that lie one behind the other.</summary>
/// <param name="parts">[parts · rows, columns].</param>
/// <param name="part">The matrix.</param>
/// <param name="rows">Rows of each.</param>
/// <param name="columns">Columns.</param>
internal readonly struct PartOfResult(ArrayView1D<float, Stride1D.Dense> parts, int part, int rows, int columns) : IFinish
{
    private readonly ArrayView1D<float, Stride1D.Dense> parts = parts;
    private readonly int part = part, rows = rows, columns = columns;

    /// <inheritdoc/>
    public void Store(int row, int column, float sum)
    {
        if (row < rows && column < columns)
            parts[(((part * rows) + row) * columns) + column] = sum;
    }
}

using System.Numerics;

namespace TinT.Reference.Matrices;

/// <summary>A rectangle of a matrix.</summary>
/// <param name="FirstRow">Its first row.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="FirstColumn">Its first column.</param>
/// <param name="Columns">Its columns.</param>
internal readonly record struct MatrixTile(int FirstRow, int Rows, int FirstColumn, int Columns)
{
    /// <summary>The rectangle of a matrix.</summary>
    public Matrix<T> Of<T>(Matrix<T> matrix)
        where T : IFloatingPointIeee754<T> => matrix.Part(FirstRow, Rows, FirstColumn, Columns);

    /// <summary>A row of the rectangle of a matrix.</summary>
    public Span<T> Row<T>(Matrix<T> matrix, int row)
        where T : IFloatingPointIeee754<T> => matrix.Row(FirstRow + row).Slice(FirstColumn, Columns);

    /// <summary>Sets the rectangle of a matrix to 0.</summary>
    public void Clear<T>(Matrix<T> matrix)
        where T : IFloatingPointIeee754<T>
    {
        for (int row = 0; row < Rows; row++)
            Row(matrix, row).Clear();
    }
}

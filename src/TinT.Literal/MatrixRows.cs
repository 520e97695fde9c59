using System.Numerics;
using TinT.Reference.Matrices;

namespace TinT.Literal;

/// <summary>Parts of embeddings.</summary>
internal static class MatrixRows
{
    /// <summary>Part of a row.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="row">Index of the row.</param>
    /// <param name="firstColumn">First column of the part.</param>
    /// <param name="columns">Columns of the part.</param>
    public static Span<T> Row<T>(this Matrix<T> matrix, int row, int firstColumn, int columns)
        where T : IFloatingPointIeee754<T> => matrix.Row(row).Slice(firstColumn, columns);
}

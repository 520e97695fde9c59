using System.Numerics;
using System.Numerics.Tensors;

namespace TinT.Reference.Matrices;

/// <summary>The three matrix products of a linear layer: forward, gradient of its input and gradient of its weight.</summary>
/// <remarks>Row operations are vectorised; tiles keep the rows that are used again in cache.</remarks>
internal sealed class MatrixProducts<T>
    where T : IFloatingPointIeee754<T>
{
    /// <summary>Rows of a tile of the result.</summary>
    private const int TileRows = 64;

    /// <summary>Columns of a tile of the result of <see cref="ByTransposed"/>, each a row of the right factor.</summary>
    private const int TileColumns = 32;

    /// <summary>Terms added to a tile of the result before the next row of it is taken up.</summary>
    private const int TileTerms = 32;

    private readonly Workers workers;

    public MatrixProducts(Workers workers) => this.workers = workers;

    /// <summary>C = A Bᵀ + bias: y = x Wᵀ + b of a linear layer.</summary>
    /// <param name="a">A, [m, k].</param>
    /// <param name="b">B, [n, k].</param>
    /// <param name="bias">Added to every row, [n]; empty for none.</param>
    /// <param name="c">Receives C, [m, n].</param>
    public void ByTransposed(Matrix<T> a, Matrix<T> b, T[] bias, Matrix<T> c)
    {
        int rowTiles = Tiles(a.Rows, TileRows);
        workers.ForEach(rowTiles * Tiles(b.Rows, TileColumns), piece =>
        {
            (int firstRow, int lastRow) = Range(piece % rowTiles, TileRows, a.Rows);
            (int firstColumn, int lastColumn) = Range(piece / rowTiles, TileColumns, b.Rows);
            for (int row = firstRow; row < lastRow; row++)
            {
                Span<T> source = a.Row(row);
                Span<T> result = c.Row(row);
                for (int column = firstColumn; column < lastColumn; column++)
                    result[column] = TensorPrimitives.Dot<T>(source, b.Row(column));
                if (bias.Length > 0)
                {
                    Span<T> part = result[firstColumn..lastColumn];
                    TensorPrimitives.Add(part, bias.AsSpan(firstColumn, part.Length), part);
                }
            }
        });
    }

    /// <summary>C (+)= A B: g W, the gradient a linear layer passes down.</summary>
    /// <param name="a">A, [m, k].</param>
    /// <param name="b">B, [k, n].</param>
    /// <param name="c">Receives C, [m, n].</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    public void By(Matrix<T> a, Matrix<T> b, Matrix<T> c, bool accumulate = false) =>
        workers.ForEach(Tiles(a.Rows, TileRows), piece =>
        {
            (int firstRow, int lastRow) = Range(piece, TileRows, a.Rows);
            for (int firstTerm = 0; firstTerm < b.Rows; firstTerm += TileTerms)
            {
                int lastTerm = Math.Min(b.Rows, firstTerm + TileTerms);
                for (int row = firstRow; row < lastRow; row++)
                {
                    Span<T> result = c.Row(row);
                    if (firstTerm == 0 && !accumulate)
                        result.Clear();
                    Span<T> factors = a.Row(row);
                    for (int term = firstTerm; term < lastTerm; term++)
                        TensorPrimitives.MultiplyAdd(b.Row(term), factors[term], result, result);
                }
            }
        });

    /// <summary>C += Aᵀ B: Σ_t g_t x_tᵀ, the gradient of a linear layer's weight.</summary>
    /// <param name="a">A, [k, m].</param>
    /// <param name="b">B, [k, n].</param>
    /// <param name="c">C, [m, n].</param>
    public void AddTransposedBy(Matrix<T> a, Matrix<T> b, Matrix<T> c) =>
        workers.ForEach(Tiles(a.Columns, TileRows), piece =>
        {
            (int firstRow, int lastRow) = Range(piece, TileRows, a.Columns);
            for (int firstTerm = 0; firstTerm < a.Rows; firstTerm += TileTerms)
            {
                int lastTerm = Math.Min(a.Rows, firstTerm + TileTerms);
                for (int row = firstRow; row < lastRow; row++)
                {
                    Span<T> result = c.Row(row);
                    for (int term = firstTerm; term < lastTerm; term++)
                        TensorPrimitives.MultiplyAdd(b.Row(term), a[term, row], result, result);
                }
            }
        });

    private static int Tiles(int size, int tile) => (size + tile - 1) / tile;

    private static (int First, int Last) Range(int index, int tile, int size) => (index * tile, Math.Min(size, (index + 1) * tile));
}

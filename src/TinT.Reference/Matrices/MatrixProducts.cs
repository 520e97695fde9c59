using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace TinT.Reference.Matrices;

/// <summary>The three matrix products of a linear layer: forward, gradient of its input and gradient of its weight.</summary>
/// <remarks>
/// Each element of a result is summed by one thread, in the order of the terms; results do not depend on the number of threads.
/// </remarks>
internal sealed class MatrixProducts<T>
    where T : IFloatingPointIeee754<T>
{
    /// <summary>Rows of the tile of a result that a thread takes; large enough to repay packing in <see cref="ByTransposed"/>.</summary>
    private const int TileRows = 128;

    /// <summary>Columns of the tile of a result that a thread takes; whole tiles of <see cref="ProductKernel"/>.</summary>
    private const int TileColumns = 64;

    /// <summary>Terms added to a tile before the next terms are taken up, so that they stay in cache.</summary>
    private const int TileTerms = 256;

    private readonly Workers workers;

    public MatrixProducts(Workers workers) => this.workers = workers;

    /// <summary>C = A Bᵀ + bias: y = x Wᵀ + b of a linear layer.</summary>
    /// <param name="a">A, [m, k].</param>
    /// <param name="b">B, [n, k].</param>
    /// <param name="bias">Added to every row, [n]; empty for none.</param>
    /// <param name="c">Receives C, [m, n].</param>
    public void ByTransposed(Matrix<T> a, Matrix<T> b, T[] bias, Matrix<T> c) => ForEachTile(c, tile =>
    {
        int columns = tile.Columns;
        for (int row = 0; row < tile.Rows; row++)
        {
            if (bias.Length > 0)
                bias.AsSpan(tile.FirstColumn, columns).CopyTo(tile.Row(c, row));
            else
                tile.Row(c, row).Clear();
        }

        T[] packed = ArrayPool<T>.Shared.Rent(b.Columns * columns);
        ReadOnlySpan<T> source = b.From(tile.FirstColumn);
        for (int term = 0; term < b.Columns; term++)
        {
            Span<T> packedTerm = packed.AsSpan(term * columns, columns);
            for (int column = 0; column < packedTerm.Length; column++)
                packedTerm[column] = source[column * b.Stride + term];
        }

        AddCombinations(a.From(tile.FirstRow), a.Stride, 1, new Matrix<T>(b.Columns, columns, packed), tile.Of(c));
        ArrayPool<T>.Shared.Return(packed);
    });

    /// <summary>C (+)= A B: g W, the gradient a linear layer passes down.</summary>
    /// <param name="a">A, [m, k].</param>
    /// <param name="b">B, [k, n].</param>
    /// <param name="c">Receives C, [m, n].</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    public void By(Matrix<T> a, Matrix<T> b, Matrix<T> c, bool accumulate = false) => ForEachTile(c, tile =>
    {
        if (!accumulate)
            tile.Clear(c);
        AddCombinations(a.From(tile.FirstRow), a.Stride, 1, b.Part(0, b.Rows, tile.FirstColumn, tile.Columns), tile.Of(c));
    });

    /// <summary>C (+)= Aᵀ B: Σ_t g_t x_tᵀ, the gradient of a linear layer's weight.</summary>
    /// <param name="a">A, [k, m].</param>
    /// <param name="b">B, [k, n].</param>
    /// <param name="c">Receives C, [m, n].</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    public void TransposedBy(Matrix<T> a, Matrix<T> b, Matrix<T> c, bool accumulate = false) => ForEachTile(c, tile =>
    {
        if (!accumulate)
            tile.Clear(c);
        AddCombinations(a.From(0)[tile.FirstRow..], 1, a.Stride, b.Part(0, b.Rows, tile.FirstColumn, tile.Columns), tile.Of(c));
    });

    private void ForEachTile(Matrix<T> c, Action<MatrixTile> work)
    {
        int rowTiles = (c.Rows + TileRows - 1) / TileRows;
        int columnTiles = (c.Columns + TileColumns - 1) / TileColumns;
        workers.ForEach(rowTiles * columnTiles, piece =>
        {
            int firstRow = piece % rowTiles * TileRows;
            int firstColumn = piece / rowTiles * TileColumns;
            work(new MatrixTile(firstRow, Math.Min(TileRows, c.Rows - firstRow), firstColumn, Math.Min(TileColumns, c.Columns - firstColumn)));
        });
    }

    /// <summary>Row r of C += Σ_t a[r · rowStride + t · termStride] · row t of B.</summary>
    private static void AddCombinations(ReadOnlySpan<T> a, int rowStride, int termStride, Matrix<T> b, Matrix<T> c)
    {
        int kernelColumns = ProductKernel.Columns<T>();
        int wholeRows = c.Rows - c.Rows % ProductKernel.Rows;
        int wholeColumns = c.Columns - c.Columns % kernelColumns;
        for (int term = 0; term < b.Rows; term += TileTerms)
        {
            int terms = Math.Min(TileTerms, b.Rows - term);
            ReadOnlySpan<T> coefficients = a[(term * termStride)..];
            for (int column = 0; column < wholeColumns; column += kernelColumns)
            {
                for (int row = 0; row < wholeRows; row += ProductKernel.Rows)
                {
                    ProductKernel.Add(
                        coefficients[(row * rowStride)..], rowStride, termStride,
                        b.From(term)[column..], b.Stride, terms,
                        c.From(row)[column..], c.Stride);
                }
            }

            for (int row = 0; row < c.Rows; row++)
            {
                int firstColumn = row < wholeRows ? wholeColumns : 0;
                Span<T> rest = c.Row(row)[firstColumn..];
                for (int index = 0; index < terms && rest.Length > 0; index++)
                    TensorPrimitives.MultiplyAdd(b.Row(term + index)[firstColumn..], coefficients[row * rowStride + index * termStride], rest, rest);
            }
        }
    }
}

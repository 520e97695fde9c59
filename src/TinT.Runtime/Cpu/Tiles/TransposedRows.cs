namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Writes a finished strip of yᵀ into y.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
internal static unsafe class TransposedRows<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Working floats for a strip of this many rows.</summary>
    public static int Length(int rows) => TLanes.TransposeSize * rows;

    /// <summary>y[t, first + r] = strip[r, t] + bias[first + r] + residual[t, first + r].</summary>
    /// <param name="strip">[rows, tokens], padded to whole panels.</param>
    /// <param name="stride">Row stride of the strip.</param>
    /// <param name="first">First column of y.</param>
    /// <param name="rows">Columns of y.</param>
    /// <param name="working"><see cref="Length"/> floats.</param>
    /// <param name="bias">[columns of y], or empty.</param>
    /// <param name="residual">As y, or the default.</param>
    /// <param name="y">The result.</param>
    public static void Write(float* strip, int stride, int first, int rows, float* working, VectorView bias, MatrixView residual, MatrixView y)
    {
        float* biasPart = bias.Length == 0 ? null : bias.Pointer + first;
        int size = TLanes.TransposeSize;
        for (int token = 0; token < y.Rows; token += size)
        {
            int tokens = Math.Min(size, y.Rows - token);
            Packing<TLanes>.Transpose(strip + token, stride, rows, tokens, working, rows);
            for (int index = 0; index < tokens; index++)
            {
                float* residualPart = residual.Rows == 0 ? null : residual.Pointer + ((nint)(token + index) * residual.Stride) + first;
                float* destination = y.Pointer + ((nint)(token + index) * y.Stride) + first;
                RowArithmetic<TLanes>.Finish(working + (index * rows), biasPart, residualPart, destination, rows);
            }
        }
    }
}

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Writes a finished tile of yᵀ into y.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
internal static unsafe class TransposedRows<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Working floats for a tile of this many features.</summary>
    public static int Length(int features) => TLanes.TransposeSize * features;

    /// <summary>y[token + t, feature + f] = tile[f, t] + bias[feature + f] + residual[token + t, feature + f].</summary>
    /// <param name="tile">[features, tokens].</param>
    /// <param name="stride">Row stride of the tile.</param>
    /// <param name="feature">First column of y.</param>
    /// <param name="features">Columns of y.</param>
    /// <param name="token">First row of y.</param>
    /// <param name="tokens">Rows of y.</param>
    /// <param name="working"><see cref="Length"/> floats.</param>
    /// <param name="bias">[columns of y], or empty.</param>
    /// <param name="residual">As y, or the default.</param>
    /// <param name="y">The result.</param>
    public static void Write(
        float* tile, int stride, int feature, int features, int token, int tokens, float* working, VectorView bias, MatrixView residual, MatrixView y)
    {
        float* biasPart = bias.Length == 0 ? null : bias.Pointer + feature;
        int size = TLanes.TransposeSize;
        for (int first = 0; first < tokens; first += size)
        {
            int count = Math.Min(size, tokens - first);
            Packing<TLanes>.Transpose(tile + first, stride, features, count, working, features);
            for (int index = 0; index < count; index++)
            {
                nint row = token + first + index;
                float* residualPart = residual.Rows == 0 ? null : residual.Pointer + (row * residual.Stride) + feature;
                RowArithmetic<TLanes>.Finish(working + (index * features), biasPart, residualPart, y.Pointer + (row * y.Stride) + feature, features);
            }
        }
    }
}

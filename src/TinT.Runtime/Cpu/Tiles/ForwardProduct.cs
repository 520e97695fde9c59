namespace TinT.Runtime.Cpu.Tiles;

/// <summary>y = x Wᵀ + b (+ residual).</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <remarks>
/// Computed as yᵀ = W xᵀ: the weights are the left operand, whose packing is a plain copy, and the tokens are the lanes. Only the
/// small matrices are transposed, x while packing (once, by all workers) and yᵀ when a strip of output rows is finished.
/// </remarks>
internal static unsafe class ForwardProduct<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Computes the product.</summary>
    public static void Run(Workers workers, MatrixView x, MatrixView w, VectorView bias, MatrixView residual, MatrixView y)
    {
        if (x.Rows == 0 || w.Rows == 0)
            return;

        PackedRight tokens = PackedRight.Plan<TLanes>(x.Rows, x.Columns);
        float* panels = workers.SharedScratch(tokens.Length);
        workers.Run(new PackRight<TLanes>(x, tokens, panels, transposed: true), tokens.BlockCount, PackingGrain.Of(tokens));

        int unit = Units.Rows<TLanes>(w.Rows, workers.Count);
        workers.Run(new Kernel(workers, tokens, panels, w, bias, residual, y, unit), Units.Count(w.Rows, unit), 1);
    }

    /// <summary>A kernel row is a unit of output features.</summary>
    private readonly struct Kernel(
        Workers workers, PackedRight tokens, float* panels, MatrixView w, VectorView bias, MatrixView residual, MatrixView y, int unit) : IRowKernel
    {
        private readonly float* panels = panels;

        public void Run(int firstRow, int rowCount, int worker)
        {
            for (int row = firstRow; row < firstRow + rowCount; row++)
                Multiply(row * unit, Math.Min(unit, w.Rows - (row * unit)), worker);
        }

        private void Multiply(int feature, int features, int worker)
        {
            int padded = TileStrip<TLanes>.PadRows(features);
            int width = tokens.PanelCount * Packing<TLanes>.PanelWidth;
            long leftLength = (long)padded * TileShape.DepthStride;
            float* left = workers.WorkerScratch(worker, leftLength + ((long)padded * width) + TransposedRows<TLanes>.Length(unit));
            float* strip = left + leftLength;
            new Span<float>(strip, tokens.Depth == 0 ? padded * width : 0).Clear();

            for (int block = 0; block < tokens.DepthBlocks; block++)
            {
                int depth = tokens.DepthOf(block);
                float* weights = w.Pointer + ((nint)feature * w.Stride) + (block * TileShape.Depth);
                Packing<TLanes>.LeftRows(weights, w.Stride, features, depth, left, padded);
                for (int panel = 0; panel < tokens.PanelCount; panel++)
                {
                    TileStrip<TLanes>.Multiply(
                        padded, depth, left, panels + tokens.Offset(block, panel), strip + (panel * Packing<TLanes>.PanelWidth), width, block > 0);
                }
            }

            TransposedRows<TLanes>.Write(strip, width, feature, features, strip + ((nint)padded * width), bias, residual, y);
        }
    }
}

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>y = x Wᵀ + b (+ residual).</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <remarks>
/// Computed as yᵀ = W xᵀ: the weights are the left operand, whose packing is a plain copy, and the tokens are the lanes. Only the
/// small matrices are transposed, x while packing (once, by all workers) and yᵀ tile by tile while it is in the first-level cache.
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
            int width = Packing<TLanes>.PanelWidth;
            nint blockLength = (nint)padded * TileShape.DepthStride;
            float* left = workers.WorkerScratch(worker, (tokens.DepthBlocks * blockLength) + (padded * width) + TransposedRows<TLanes>.Length(features));
            float* tile = left + (tokens.DepthBlocks * blockLength);
            float* working = tile + (padded * width);
            if (tokens.Depth == 0)
                new Span<float>(tile, padded * width).Clear();

            for (int panel = 0; panel < tokens.PanelCount; panel++)
            {
                int columns = Math.Min(width, tokens.Columns - (panel * width));
                for (int block = 0; block < tokens.DepthBlocks; block++)
                {
                    float* leftBlock = left + (block * blockLength);
                    Prefetcher ahead = default;
                    if (panel == 0)
                    {
                        Pack(feature, features, padded, block, leftBlock);
                        ahead = Next(feature, features, padded, block);
                    }

                    TileStrip<TLanes>.Multiply(
                        padded, columns, tokens.DepthOf(block), leftBlock, panels + tokens.Offset(block, panel), tile, width, block > 0, ref ahead);
                }

                TransposedRows<TLanes>.Write(tile, width, feature, features, panel * width, columns, working, bias, residual, y);
            }
        }

        private void Pack(int feature, int features, int padded, int block, float* left)
        {
            float* weights = w.Pointer + ((nint)feature * w.Stride) + (block * TileShape.Depth);
            Packing<TLanes>.LeftRows(weights, w.Stride, features, tokens.DepthOf(block), left, padded);
        }

        /// <summary>The weights packed next: the unit's next depth block, or the first of the unit this worker will probably take.</summary>
        private Prefetcher Next(int feature, int features, int padded, int block)
        {
            int steps = TileStrip<TLanes>.PrefetchSteps(padded, tokens.DepthOf(block));
            if (block + 1 < tokens.DepthBlocks)
                return new Prefetcher(w.Pointer + ((nint)feature * w.Stride) + ((block + 1) * TileShape.Depth), w.Stride, features, tokens.DepthOf(block + 1), steps);

            int next = feature + (unit * workers.Count);
            return new Prefetcher(w.Pointer + ((nint)next * w.Stride), w.Stride, Math.Clamp(w.Rows - next, 0, unit), tokens.DepthOf(0), steps);
        }
    }
}

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
            float* left = workers.WorkerScratch(worker, (tokens.DepthBlocks * blockLength) + (padded * width));
            float* tile = left + (tokens.DepthBlocks * blockLength);
            if (tokens.Depth == 0)
                new Span<float>(tile, padded * width).Clear();

            for (int panel = 0; panel < tokens.PanelCount; panel++)
            {
                int columns = Math.Min(width, tokens.Columns - (panel * width));
                for (int block = 0; block < tokens.DepthBlocks; block++)
                {
                    float* leftBlock = left + (block * blockLength);
                    if (panel == 0)
                        Pack(feature, features, padded, block, leftBlock);

                    Prefetcher ahead = Ahead(feature, features, panel, block, TileStrip<TLanes>.PrefetchSteps(padded, tokens.DepthOf(block)));
                    TileStrip<TLanes>.Multiply(
                        padded, columns, tokens.DepthOf(block), leftBlock, panels + tokens.Offset(block, panel), tile, width, block > 0, ref ahead);
                }

                Finish(tile, width, feature, features, panel * width, columns);
            }
        }

        /// <summary>Writes a finished tile of yᵀ into y.</summary>
        private void Finish(float* tile, int stride, int feature, int features, nint token, int tokenCount)
        {
            float* result = y.Pointer + (token * y.Stride) + feature;
            float* biasPart = bias.Pointer + feature;
            float* residualPart = residual.Pointer + (token * residual.Stride) + feature;
            bool biased = bias.Length > 0;
            if (residual.Rows > 0)
            {
                if (biased)
                    Packing<TLanes>.Transpose(tile, stride, features, tokenCount, result, y.Stride, new BlockAddends<On, On>(biasPart, residualPart, residual.Stride), true);
                else
                    Packing<TLanes>.Transpose(tile, stride, features, tokenCount, result, y.Stride, new BlockAddends<Off, On>(biasPart, residualPart, residual.Stride), true);
            }
            else if (biased)
            {
                Packing<TLanes>.Transpose(tile, stride, features, tokenCount, result, y.Stride, new BlockAddends<On, Off>(biasPart, residualPart, 0), true);
            }
            else
            {
                Packing<TLanes>.Transpose(tile, stride, features, tokenCount, result, y.Stride, default(BlockAddends<Off, Off>), true);
            }
        }

        private void Pack(int feature, int features, int padded, int block, float* left)
        {
            float* weights = w.Pointer + ((nint)feature * w.Stride) + (block * TileShape.Depth);
            Packing<TLanes>.LeftRows(weights, w.Stride, features, tokens.DepthOf(block), left, padded);
        }

        /// <summary>
        /// With the first panel of tokens the weights packed next, the unit's next depth block or the first of the unit this worker will probably
        /// take; with the others the part of y written next.
        /// </summary>
        private Prefetcher Ahead(int feature, int features, int panel, int block, int steps)
        {
            bool last = block == tokens.DepthBlocks - 1;
            if (panel > 0)
            {
                int token = panel * Packing<TLanes>.PanelWidth;
                return last ? new Prefetcher(y.Pointer + ((nint)token * y.Stride) + feature, y.Stride, Math.Min(Packing<TLanes>.PanelWidth, y.Rows - token), features, steps) : default;
            }

            if (!last)
                return new Prefetcher(w.Pointer + ((nint)feature * w.Stride) + ((block + 1) * TileShape.Depth), w.Stride, features, tokens.DepthOf(block + 1), steps);

            int next = feature + (unit * workers.Count);
            return new Prefetcher(w.Pointer + ((nint)next * w.Stride), w.Stride, Math.Clamp(w.Rows - next, 0, unit), tokens.DepthOf(0), steps);
        }
    }
}

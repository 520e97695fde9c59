namespace TinT.Runtime.Cpu.Tiles;

/// <summary>x Wᵀ, handed on tile by tile.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <typeparam name="TResult">What becomes of a finished tile.</typeparam>
/// <remarks>
/// Computed as W xᵀ: the weights are the left operand, whose packing is a plain copy, or widens them, and the tokens are the lanes. A finished tile has
/// output features as rows and is handed on while it is in the first-level cache.
/// </remarks>
internal static unsafe class ForwardProduct<TLanes, TResult>
    where TLanes : struct, ILanes<TLanes>
    where TResult : struct, IProductResult
{
    // Depth blocks of the weights that are packed at a time: with the most features of a unit 0.4 MB, which stay in the second-level cache.
    private const int ChunkBlocks = 8;

    /// <summary>Computes the product.</summary>
    /// <param name="workers">Who computes.</param>
    /// <param name="x">[T, in], T at least 1.</param>
    /// <param name="w">[out, in].</param>
    /// <param name="panels">Shared memory for x in the layout of <paramref name="tokens"/>.</param>
    /// <param name="tokens">Layout of the packed x.</param>
    /// <param name="result">Takes the tiles.</param>
    /// <param name="unitTiles">Tiles of output features that are handed on together, always from a multiple of them; 0 if any number may be.</param>
    public static void Run(Workers workers, MatrixView x, WeightView w, float* panels, PackedRight tokens, TResult result, int unitTiles = 0)
    {
        workers.Run(new PackRight<TLanes>(x, tokens, panels, transposed: true), tokens.BlockCount, PackingGrain.Of(tokens));
        if (unitTiles > 0)
            workers.Run(new Kernel(workers, tokens, panels, w, result, unitTiles, unitTiles), Units.Count(w.Rows, TileShape.Rows * unitTiles), grain: 1);
        else
            workers.Run(new Kernel(workers, tokens, panels, w, result, 1, Units.MostTiles), Units.Count(w.Rows, TileShape.Rows), Units.Grain(w.Rows, workers.Count), Units.MostTiles);
    }

    /// <summary>Floats that a worker needs for some output features.</summary>
    public static long UnitLength(PackedRight tokens, int features)
    {
        long padded = TileStrip<TLanes>.PadRows(features);
        bool whole = tokens.DepthBlocks <= ChunkBlocks;
        return padded * ((Math.Min(tokens.DepthBlocks, ChunkBlocks) * TileShape.DepthStride) + ((whole ? 1 : tokens.PanelCount) * tokens.PanelWidth));
    }

    /// <summary>A kernel row is some tiles of output features.</summary>
    private readonly struct Kernel(
        Workers workers, PackedRight tokens, float* panels, WeightView w, TResult result, int rowTiles, int unitTiles) : IRowKernel
    {
        private readonly float* panels = panels;

        public void Run(int firstRow, int rowCount, int worker)
        {
            int end = (firstRow + rowCount) * rowTiles;
            for (int tile = firstRow * rowTiles; tile < end; tile += unitTiles)
            {
                int feature = tile * TileShape.Rows;
                int tiles = Math.Min(unitTiles, end - tile);
                Multiply(feature, Math.Min(tiles * TileShape.Rows, w.Rows - feature), worker);
            }
        }

        private void Multiply(int feature, int features, int worker)
        {
            int padded = TileStrip<TLanes>.PadRows(features);
            float* left = workers.WorkerScratch(worker, UnitLength(tokens, features));
            float* sums = left + ((nint)Math.Min(tokens.DepthBlocks, ChunkBlocks) * padded * TileShape.DepthStride);
            nint sumsLength = tokens.DepthBlocks <= ChunkBlocks ? 0 : padded * tokens.PanelWidth;
            if (tokens.Depth == 0)
                new Span<float>(sums, padded * tokens.PanelWidth).Clear();

            int first = 0;
            do
            {
                int end = Math.Min(tokens.DepthBlocks, first + ChunkBlocks);
                for (int panel = 0; panel < tokens.PanelCount; panel++)
                {
                    float* tile = sums + (panel * sumsLength);
                    MultiplyPanel(feature, features, panel, first, end, left, tile);
                    if (end == tokens.DepthBlocks)
                        result.Take<TLanes>(tile, tokens.PanelWidth, feature, features, panel * tokens.PanelWidth, ColumnsOf(panel));
                }

                first = end;
            }
            while (first < tokens.DepthBlocks);
        }

        /// <summary>Multiplies a chunk of the depth with one panel of tokens; the first panel packs the weights.</summary>
        private void MultiplyPanel(int feature, int features, int panel, int firstBlock, int endBlock, float* left, float* tile)
        {
            int padded = TileStrip<TLanes>.PadRows(features);
            int columns = ColumnsOf(panel);
            bool lastPanel = panel == tokens.PanelCount - 1;
            for (int block = firstBlock; block < endBlock; block++)
            {
                int depth = tokens.DepthOf(block);
                float* leftBlock = left + ((nint)(block - firstBlock) * padded * TileShape.DepthStride);
                if (panel == 0)
                    Packing<TLanes>.LeftRows(w, feature, block * TileShape.Depth, features, depth, leftBlock, padded);

                int steps = TileStrip<TLanes>.PrefetchSteps(padded, depth);
                bool lastBlock = block == endBlock - 1;
                Prefetcher ahead = default;
                if (panel == 0 && !lastBlock)
                    ahead = Weights(feature, features, block + 1, steps);
                else if (lastPanel && lastBlock)
                    ahead = endBlock < tokens.DepthBlocks ? Weights(feature, features, endBlock, steps) : Weights(feature + (features * workers.Count), features, 0, steps);
                else if (lastBlock && endBlock == tokens.DepthBlocks)
                    ahead = result.Ahead(feature, features, panel * tokens.PanelWidth, columns, steps);

                (int nextPanel, int nextBlock) = !lastBlock ? (panel, block + 1) : !lastPanel ? (panel + 1, firstBlock) : (0, endBlock % tokens.DepthBlocks);
                ahead.Add(panels + tokens.Offset(nextBlock, nextPanel), tokens.DepthOf(nextBlock) * tokens.PanelWidth, steps);

                TileStrip<TLanes>.Multiply(padded, columns, depth, leftBlock, panels + tokens.Offset(block, panel), tile, tokens.PanelWidth, block > 0, ref ahead);
            }
        }

        /// <summary>Requests weights that are packed soon; with those of another unit it is the one this worker will probably take.</summary>
        private Prefetcher Weights(int feature, int features, int block, int steps) =>
            new(w, feature, block * TileShape.Depth, Math.Clamp(w.Rows - feature, 0, features), tokens.DepthOf(block), steps);

        private int ColumnsOf(int panel) => Math.Min(tokens.PanelWidth, tokens.Columns - (panel * tokens.PanelWidth));
    }
}

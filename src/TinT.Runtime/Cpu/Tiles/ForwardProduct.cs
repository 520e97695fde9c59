using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>x Wᵀ, handed on tile by tile.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <typeparam name="TResult">What becomes of a finished tile.</typeparam>
/// <remarks>
/// Computed as W xᵀ: the weights are the left operand, whose packing is a plain copy, or widens them, and the tokens are the lanes. Singles that meet few tokens are
/// read where they are. A finished tile has output features as rows and is handed on while it is in the first-level cache.
/// </remarks>
internal static unsafe class ForwardProduct<TLanes, TResult>
    where TLanes : struct, ILanes<TLanes>
    where TResult : struct, IProductResult
{
    // Depth blocks of the weights that are packed at a time: with the most features of a unit 0.4 MB, which stay in the second-level cache.
    private const int ChunkBlocks = 8;

    // Panels that do not repay packing the weights: a packed tile is read a few percent faster.
    private const int PanelsInPlace = 4;

    /// <summary>Computes the product.</summary>
    /// <param name="workers">Who computes.</param>
    /// <param name="x">[T, in], T at least 1.</param>
    /// <param name="w">[out, in].</param>
    /// <param name="panels">Shared memory for x in the layout of <paramref name="tokens"/>.</param>
    /// <param name="tokens">Layout of the packed x.</param>
    /// <param name="result">Takes the tiles.</param>
    /// <param name="unitFeatures">Output features that are handed on together, always from a multiple of them: whole tiles.</param>
    public static void Run(Workers workers, MatrixView x, WeightView w, float* panels, PackedRight tokens, TResult result, int unitFeatures)
    {
        workers.Run(new PackRight<TLanes>(x, tokens, panels, transposed: true), tokens.BlockCount, PackingGrain.Of(tokens));
        int pieces = Units.Count(w.Rows, unitFeatures) * tokens.PanelCount;
        int grain = Units.Grain(pieces, (long)unitFeatures * tokens.PanelWidth * tokens.Depth, workers.Count);
        workers.Run(new Kernel(workers, tokens, panels, w, result, unitFeatures), pieces, grain, pieces);
    }

    /// <summary>Floats that a worker needs.</summary>
    public static long UnitLength(PackedRight tokens, int unitFeatures) =>
        (long)unitFeatures * ((Math.Min(tokens.DepthBlocks, ChunkBlocks) * TileShape.DepthStride) + (SumPanels(tokens) * tokens.PanelWidth));

    /// <summary>Panels whose sums are kept: all of them where the depth is cut into chunks.</summary>
    private static int SumPanels(PackedRight tokens) => tokens.DepthBlocks <= ChunkBlocks ? 1 : tokens.PanelCount;

    /// <summary>A kernel row is a panel of tokens and a unit of output features, whose panels follow each other.</summary>
    private readonly struct Kernel(Workers workers, PackedRight tokens, float* panels, WeightView w, TResult result, int unitFeatures) : IRowKernel
    {
        private readonly float* panels = panels;

        public void Run(int firstRow, int rowCount, int worker)
        {
            int end = firstRow + rowCount;
            for (int row = firstRow; row < end;)
            {
                UnitPart part = UnitPart.At(row, end, tokens.PanelCount);
                row += part.Count;
                int feature = part.Unit * unitFeatures;
                Multiply(feature, Math.Min(unitFeatures, w.Rows - feature), part.First, part.End, row < end, worker);
            }
        }

        private void Multiply(int feature, int features, int firstPanel, int endPanel, bool continues, int worker)
        {
            float* left = workers.WorkerScratch(worker, UnitLength(tokens, unitFeatures));
            float* sums = left + ((nint)Math.Min(tokens.DepthBlocks, ChunkBlocks) * features * TileShape.DepthStride);
            nint sumsLength = SumPanels(tokens) == 1 ? 0 : features * tokens.PanelWidth;
            if (tokens.Depth == 0)
                new Span<float>(sums, features * tokens.PanelWidth).Clear();

            bool inPlace = endPanel - firstPanel <= PanelsInPlace && w.Storage == WeightStorage.SinglePrecision;
            int first = 0;
            do
            {
                int end = Math.Min(tokens.DepthBlocks, first + ChunkBlocks);
                for (int panel = firstPanel; panel < endPanel; panel++)
                {
                    float* tile = sums + ((panel - firstPanel) * sumsLength);
                    Piece piece = new(feature, features, panel, panel == firstPanel, panel == endPanel - 1, continues, inPlace);
                    MultiplyPanel(piece, first, end, left, tile);
                    if (end == tokens.DepthBlocks)
                        result.Take<TLanes>(tile, tokens.PanelWidth, feature, features, panel * tokens.PanelWidth, ColumnsOf(panel));
                }

                first = end;
            }
            while (first < tokens.DepthBlocks);
        }

        /// <summary>Multiplies a chunk of the depth with one panel of tokens; the first panel packs the weights, unless they are read in place.</summary>
        private void MultiplyPanel(Piece piece, int firstBlock, int endBlock, float* left, float* tile)
        {
            (int feature, int features, int panel) = (piece.Feature, piece.Features, piece.Panel);
            int columns = ColumnsOf(panel);
            LeftOperand rows = piece.InPlace
                ? LeftOperand.Rows((float*)w.Address(feature, firstBlock * TileShape.Depth), w.Stride)
                : LeftOperand.Packed(left, new PackedLeft(features, tokens.Depth));
            for (int block = firstBlock; block < endBlock; block++)
            {
                int depth = tokens.DepthOf(block);
                if (piece.First && !piece.InPlace)
                    Packing<TLanes>.LeftRows(w, feature, block * TileShape.Depth, features, depth, rows.Block(block - firstBlock));

                int steps = TileStrip<TLanes>.PrefetchSteps(features, depth);
                bool lastBlock = block == endBlock - 1;
                Prefetcher ahead = default;
                if (piece.First && !lastBlock)
                    ahead = Weights(feature, features, block + 1, steps);
                else if (piece.Last && lastBlock && endBlock < tokens.DepthBlocks)
                    ahead = Weights(feature, features, endBlock, steps);
                else if (piece.Last && lastBlock && piece.Continues)
                    ahead = Weights(feature + features, features, 0, steps);
                else if (lastBlock && endBlock == tokens.DepthBlocks)
                    ahead = result.Ahead(feature, features, panel * tokens.PanelWidth, columns, steps);

                (int nextPanel, int nextBlock) = !lastBlock ? (panel, block + 1) : !piece.Last ? (panel + 1, firstBlock) : (0, endBlock % tokens.DepthBlocks);
                ahead.Add(panels + tokens.Offset(nextBlock, nextPanel), tokens.DepthOf(nextBlock) * tokens.PanelWidth, steps);

                TileOperands operands = new()
                {
                    Depth = depth,
                    Left = rows.Block(block - firstBlock),
                    LeftStride = rows.Stride,
                    LeftStep = rows.Step,
                    Panel = panels + tokens.Offset(block, panel),
                    Accumulate = block > 0,
                    Sums = tile,
                    SumsStride = tokens.PanelWidth,
                    Result = tile,
                    ResultStride = tokens.PanelWidth,
                };
                TileStrip<TLanes>.Multiply(features, columns, operands, ref ahead);
            }
        }

        /// <summary>Requests weights that are packed or read soon.</summary>
        private Prefetcher Weights(int feature, int features, int block, int steps) =>
            new(w, feature, block * TileShape.Depth, Math.Clamp(w.Rows - feature, 0, features), tokens.DepthOf(block), steps);

        private int ColumnsOf(int panel) => Math.Min(tokens.PanelWidth, tokens.Columns - (panel * tokens.PanelWidth));
    }

    /// <summary>What a worker multiplies of a unit.</summary>
    /// <param name="Feature">First output feature.</param>
    /// <param name="Features">Output features.</param>
    /// <param name="Panel">Panel of tokens.</param>
    /// <param name="First">Whether it is the worker's first panel with these features.</param>
    /// <param name="Last">Whether it is the last.</param>
    /// <param name="Continues">Whether the worker goes on with the next features then.</param>
    /// <param name="InPlace">Whether the weights are read where they are.</param>
    private readonly record struct Piece(int Feature, int Features, int Panel, bool First, bool Last, bool Continues, bool InPlace);
}

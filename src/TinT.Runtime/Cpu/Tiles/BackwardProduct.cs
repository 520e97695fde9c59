using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>dx = dy W or dx += dy W.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <remarks>
/// The gradient is the left operand and is read where it is. Each worker packs the columns of W it computes, a plain copy, or widens them. A long sum, as over the
/// vocabulary, is cut so that its part of the gradient, which every unit reads, stays in the caches; each part goes on from the sums of the one before, so that an
/// element does not depend on the number of rows that are computed together.
/// </remarks>
internal static unsafe class BackwardProduct<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    // Gradient of one pass: 8 MiB.
    private const int PassElements = 2 * 1024 * 1024;

    // Rows of the gradient that are multiplied by all panels of a unit before the next ones: a depth block of them stays in the second-level cache.
    private const int RowBlock = 40 * TileShape.Rows;

    // The same for rows that fall into the same cache sets.
    private const int AliasedRowBlock = 16 * TileShape.Rows;

    /// <summary>Floats that a worker needs for some columns, whole panels, and rows of the result.</summary>
    public static long UnitLength(int width, int rows) => (long)width * (TileShape.Depth + rows);

    /// <summary>Computes the product.</summary>
    public static void Run(Workers workers, MatrixView dy, WeightView w, MatrixView dx, bool accumulate)
    {
        if (dx.Rows == 0 || dx.Columns == 0)
            return;

        int panelCount = Units.Count(dx.Columns, Packing<TLanes>.PanelWidth);
        int partRows = Units.PartRows(dy.Rows, panelCount, workers.Count);
        int parts = Units.Count(dy.Rows, partRows);

        // Tiles of whole vectors can be written to their place, and read there.
        bool direct = !accumulate && w.Rows > 0 && dx.Columns % TLanes.Count == 0;
        int passDepth = direct ? Math.Max(1, PassElements / dy.Rows / TileShape.Depth) * TileShape.Depth : w.Rows;
        int first = 0;
        do
        {
            int depth = Math.Min(passDepth, w.Rows - first);
            Kernel pass = new(workers, dy.ColumnRange(first, depth), w.RowRange(first, depth), dx, accumulate, direct, first > 0, partRows);
            workers.Run(pass, panelCount * parts, 1, Units.MostPanels<TLanes>());
            first += depth;
        }
        while (first < w.Rows);
    }

    /// <summary>A kernel row is a panel of input features and a part of the gradient's rows.</summary>
    private readonly struct Kernel(Workers workers, MatrixView dy, WeightView w, MatrixView dx, bool accumulate, bool direct, bool resume, int partRows) : IRowKernel
    {
        public void Run(int firstRow, int rowCount, int worker)
        {
            int parts = Units.Count(dx.Rows, partRows);
            int together = parts == 1 ? Units.MostPanels<TLanes>() : 1;
            for (int row = firstRow; row < firstRow + rowCount; row += together)
            {
                (int panel, int part) = Math.DivRem(row, parts);
                int column = panel * Packing<TLanes>.PanelWidth;
                int panelCount = Math.Min(together, firstRow + rowCount - row);
                int token = part * partRows;
                Multiply(
                    column, Math.Min(panelCount * Packing<TLanes>.PanelWidth, dx.Columns - column), token, Math.Min(partRows, dx.Rows - token), worker);
            }
        }

        private void Multiply(int column, int columns, int firstToken, int tokens, int worker)
        {
            int panelCount = Units.Count(columns, Packing<TLanes>.PanelWidth);
            int width = panelCount * Packing<TLanes>.PanelWidth;
            float* packed = workers.WorkerScratch(worker, UnitLength(width, tokens));
            float* strip = packed + ((nint)TileShape.Depth * width);
            float* result = dx.Pointer + ((nint)firstToken * dx.Stride) + column;
            LeftOperand left = LeftOperand.Rows(dy.RowRange(firstToken, tokens));
            int rowBlock = CacheLine.Aliases(dy.Stride) ? AliasedRowBlock : RowBlock;

            if (w.Rows == 0)
                new Span<float>(strip, tokens * width).Clear();

            for (int first = 0; first < w.Rows; first += TileShape.Depth)
            {
                int depth = DepthFrom(first);
                bool begins = resume && first == 0;
                bool ends = direct && first + depth == w.Rows;
                Prefetcher ahead = Next(first + depth, column, columns, panelCount * TileStrip<TLanes>.PrefetchSteps(tokens, depth));
                for (int row = 0; row < tokens; row += rowBlock)
                {
                    int rows = Math.Min(rowBlock, tokens - row);
                    for (int panel = 0; panel < panelCount; panel++)
                    {
                        int offset = panel * Packing<TLanes>.PanelWidth;
                        float* right = packed + (offset * TileShape.Depth);
                        int wanted = Math.Min(Packing<TLanes>.PanelWidth, columns - offset);
                        if (row == 0)
                            Packing<TLanes>.RightColumns(w, first, column + offset, wanted, depth, right);
                        float* sums = strip + ((nint)row * width) + offset;
                        float* place = result + ((nint)row * dx.Stride) + offset;
                        TileOperands operands = new()
                        {
                            Depth = depth,
                            Left = left.Block(first / TileShape.Depth) + (row * left.Stride),
                            LeftStride = left.Stride,
                            LeftStep = left.Step,
                            Panel = right,
                            Accumulate = resume || first > 0,
                            Sums = begins ? place : sums,
                            SumsStride = begins ? dx.Stride : width,
                            Result = ends ? place : sums,
                            ResultStride = ends ? dx.Stride : width,
                        };
                        TileStrip<TLanes>.Multiply(rows, wanted, operands, ref ahead);
                    }
                }
            }

            for (int token = 0; token < tokens && !direct; token++)
                RowArithmetic<TLanes>.Store(strip + ((nint)token * width), result + ((nint)token * dx.Stride), columns, accumulate);
        }

        /// <summary>The weights packed next: the unit's next depth block, or the first of the unit this worker will probably take.</summary>
        private Prefetcher Next(int first, int column, int columns, int steps)
        {
            if (first < w.Rows)
                return new Prefetcher(w, first, column, DepthFrom(first), columns, steps);

            int next = column + (columns * workers.Count);
            return next < dx.Columns ? new Prefetcher(w, 0, next, DepthFrom(0), Math.Min(columns, dx.Columns - next), steps) : default;
        }

        private int DepthFrom(int first) => Math.Min(TileShape.Depth, w.Rows - first);
    }
}

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>dx = dy W or dx += dy W.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <remarks>
/// The gradient is the left operand: a small one is read where it is, others are packed by all workers. Each worker packs the columns of W it computes, a plain copy,
/// or widens them. A long sum, as over the vocabulary, is cut so that a packed gradient stays small; each part goes on from the sums of the one
/// before, so that an element does not depend on the number of rows that are computed together.
/// </remarks>
internal static unsafe class BackwardProduct<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    // Packed gradient of one pass: 8 MiB.
    private const int PassElements = 2 * 1024 * 1024;

    // Gradient that is read where it is: 1 MiB.
    private const int InPlaceElements = 256 * 1024;

    // Rows of the gradient that are multiplied by all panels of a unit before the next ones: 138 KB of a depth block stay in the second-level cache.
    private const int RowBlock = 40 * TileShape.Rows;

    /// <summary>Whether a gradient [rows, depth] is read where it is: one that stays in the second-level cache and does not end inside a tile.</summary>
    public static bool InPlace(int rows, int depth) => (long)rows * depth <= InPlaceElements && TileStrip<TLanes>.PadRows(rows) == rows;

    /// <summary>Part of the sum that a pass makes, with gradients of this many rows.</summary>
    public static int PassDepth(int rows) => Math.Max(1, PassElements / TileStrip<TLanes>.PadRows(rows) / TileShape.Depth) * TileShape.Depth;

    /// <summary>Floats that a worker needs for some columns, whole panels, and rows of the result.</summary>
    public static long UnitLength(int width, int rows) => (long)width * (TileShape.Depth + TileStrip<TLanes>.PadRows(rows));

    /// <summary>Computes the product.</summary>
    public static void Run(Workers workers, MatrixView dy, WeightView w, MatrixView dx, bool accumulate)
    {
        if (dx.Rows == 0 || dx.Columns == 0)
            return;

        int passDepth = PassDepth(dy.Rows);
        int panelCount = Units.Count(dx.Columns, Packing<TLanes>.PanelWidth);
        int partRows = Units.PartRows(dy.Rows, panelCount, workers.Count);
        int parts = Units.Count(dy.Rows, partRows);
        int first = 0;
        do
        {
            int count = Math.Min(passDepth, w.Rows - first);
            MatrixView part = dy.ColumnRange(first, count);
            PackedLeft gradient = PackedLeft.Plan<TLanes>(dy.Rows, count);
            bool inPlace = InPlace(dy.Rows, w.Rows);
            LeftOperand left = inPlace ? LeftOperand.InPlace(part.Pointer, part.Stride) : Pack(workers, part, gradient);
            workers.Run(
                new Kernel(workers, gradient, left, inPlace, w.RowRange(first, count), dx, accumulate, first > 0, partRows),
                panelCount * parts,
                1,
                Units.MostPanels<TLanes>());
            first += count;
        }
        while (first < w.Rows);
    }

    private static LeftOperand Pack(Workers workers, MatrixView dy, PackedLeft layout)
    {
        float* packed = workers.SharedScratch(layout.Length);
        workers.Run(new PackLeft<TLanes>(dy, layout, packed, transposed: false), layout.PieceCount, PackingGrain.Of(layout));
        return LeftOperand.Packed(packed, layout);
    }

    /// <summary>A kernel row is a panel of input features and a part of the gradient's rows.</summary>
    private readonly struct Kernel(
        Workers workers, PackedLeft gradient, LeftOperand left, bool inPlace, WeightView w, MatrixView dx, bool accumulate, bool resume, int partRows) : IRowKernel
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
            int paddedRows = TileStrip<TLanes>.PadRows(tokens);
            float* packed = workers.WorkerScratch(worker, UnitLength(width, tokens));
            float* strip = packed + ((nint)TileShape.Depth * width);
            float* result = dx.Pointer + ((nint)firstToken * dx.Stride) + column;
            bool resumed = resume && !accumulate;

            // The last depth block writes whole tiles to their place.
            bool direct = !accumulate && gradient.Depth > 0 && paddedRows == tokens && columns % TLanes.Count == 0;
            if (gradient.Depth == 0)
                new Span<float>(strip, paddedRows * width).Clear();
            for (int token = 0; token < tokens && resumed; token++)
                RowArithmetic<TLanes>.Store(result + ((nint)token * dx.Stride), strip + ((nint)token * width), columns, accumulate: false);

            for (int block = 0; block < gradient.DepthBlocks; block++)
            {
                int depth = gradient.DepthOf(block);
                Prefetcher ahead = Next(block, column, columns, panelCount * TileStrip<TLanes>.PrefetchSteps(paddedRows, depth));
                for (int row = 0; row < paddedRows; row += RowBlock)
                {
                    int rows = Math.Min(RowBlock, paddedRows - row);
                    float* rowsLeft = left.Block(block) + ((firstToken + row) * left.Stride);
                    if (!inPlace)
                        ahead.Add(rowsLeft + (rows * left.Stride), (long)RowBlock * TileShape.DepthStride, panelCount * TileStrip<TLanes>.PrefetchSteps(rows, depth));
                    for (int panel = 0; panel < panelCount; panel++)
                    {
                        int offset = panel * Packing<TLanes>.PanelWidth;
                        float* right = packed + (offset * TileShape.Depth);
                        int wanted = Math.Min(Packing<TLanes>.PanelWidth, columns - offset);
                        if (row == 0)
                            Packing<TLanes>.RightColumns(w, block * TileShape.Depth, column + offset, wanted, depth, right);
                        float* sums = strip + ((nint)row * width) + offset;
                        bool last = direct && block == gradient.DepthBlocks - 1;
                        float* product = last ? result + ((nint)row * dx.Stride) + offset : sums;
                        TileStrip<TLanes>.Multiply<Off>(
                            rows, wanted, depth, rowsLeft, left.Stride, right, sums, width, resumed || block > 0, product, last ? dx.Stride : width, default, ref ahead);
                    }
                }
            }

            for (int token = 0; token < tokens && !direct; token++)
                RowArithmetic<TLanes>.Store(strip + ((nint)token * width), result + ((nint)token * dx.Stride), columns, accumulate);
        }

        /// <summary>The weights packed next: the unit's next depth block, or the first of the unit this worker will probably take.</summary>
        private Prefetcher Next(int block, int column, int columns, int steps)
        {
            if (block + 1 < gradient.DepthBlocks)
                return new Prefetcher(w, (block + 1) * TileShape.Depth, column, gradient.DepthOf(block + 1), columns, steps);

            int next = column + (columns * workers.Count);
            return next < dx.Columns ? new Prefetcher(w, 0, next, gradient.DepthOf(0), Math.Min(columns, dx.Columns - next), steps) : default;
        }
    }
}

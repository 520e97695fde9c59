namespace TinT.Runtime.Cpu.Tiles;

/// <summary>destination = source − scale · dyᵀ x.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <remarks>Both operands are small and packed by all workers; the weights are read and written once, where the product ends.</remarks>
internal static unsafe class DescentProduct<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    // Packed gradient of one pass: 8 MiB.
    private const int PassElements = 2 * 1024 * 1024;

    /// <summary>Output features of a pass.</summary>
    public static int PassRows(PackedRight inputs)
    {
        int depthStride = Math.Max(1, inputs.DepthBlocks) * TileShape.DepthStride;
        return Math.Max(1, PassElements / depthStride / (8 * TileShape.Rows)) * 8 * TileShape.Rows;
    }

    /// <summary>Floats that a worker needs.</summary>
    public static long UnitLength(int unitFeatures) => (long)TileStrip<TLanes>.PadRows(unitFeatures) * Packing<TLanes>.PanelWidth;

    /// <summary>Computes the update.</summary>
    public static void Run(Workers workers, MatrixView dy, MatrixView x, float scale, WeightView source, MatrixView destination)
    {
        if (source.Rows == 0 || source.Columns == 0)
            return;

        PackedRight inputs = PackedRight.Plan<TLanes>(x.Columns, x.Rows);
        int passRows = PassRows(inputs);
        int unitFeatures = Units.Features(Math.Min(passRows, source.Rows), inputs.PanelCount, workers.Count);
        PackedLeft gradientPlan = PackedLeft.Plan<TLanes>(Math.Min(passRows, dy.Columns), dy.Rows);
        float* right = workers.SharedScratch(inputs.Length + gradientPlan.Length);
        float* left = right + inputs.Length;

        workers.Run(new PackRight<TLanes>(x, inputs, right, transposed: false), inputs.BlockCount, PackingGrain.Of(inputs));
        for (int first = 0; first < source.Rows; first += passRows)
        {
            int rows = Math.Min(passRows, source.Rows - first);
            PackedLeft gradient = PackedLeft.Plan<TLanes>(rows, dy.Rows);
            workers.Run(new PackLeft<TLanes>(dy.ColumnRange(first, rows), gradient, left, transposed: true), gradient.PieceCount, PackingGrain.Of(gradient));
            int pieces = Units.Count(rows, unitFeatures) * inputs.PanelCount;
            workers.Run(
                new Kernel(workers, gradient, left, inputs, right, scale, source.RowRange(first, rows), destination.RowRange(first, rows), unitFeatures),
                pieces,
                Units.Grain(pieces, (long)unitFeatures * Packing<TLanes>.PanelWidth * dy.Rows, workers.Count),
                pieces);
        }
    }

    /// <summary>A kernel row is a panel of input features and a unit of output features, whose panels follow each other.</summary>
    private readonly struct Kernel(
        Workers workers, PackedLeft gradient, float* left, PackedRight inputs, float* right, float scale, WeightView source, MatrixView destination, int unitFeatures) : IRowKernel
    {
        private readonly float* left = left;
        private readonly float* right = right;

        public void Run(int firstRow, int rowCount, int worker)
        {
            float* strip = workers.WorkerScratch(worker, UnitLength(unitFeatures));
            if (inputs.Depth == 0)
                new Span<float>(strip, (int)UnitLength(unitFeatures)).Clear();

            int end = firstRow + rowCount;
            for (int row = firstRow; row < end;)
            {
                UnitPart part = UnitPart.At(row, end, inputs.PanelCount);
                row += part.Count;
                int feature = part.Unit * unitFeatures;
                Multiply(feature, Math.Min(unitFeatures, source.Rows - feature), part.First, part.End, strip);
            }
        }

        private void Multiply(int feature, int features, int firstPanel, int endPanel, float* strip)
        {
            int padded = TileStrip<TLanes>.PadRows(features);
            int width = Packing<TLanes>.PanelWidth;

            // Stored weights of 16 bits are not as far apart as what becomes of them.
            bool alike = source.Storage == WeightStorage.SinglePrecision && destination.Stride == source.Stride;
            nint twin = alike ? (nint)((byte*)destination.Pointer - source.Pointer) : 0;
            for (int panel = firstPanel; panel < endPanel; panel++)
            {
                int column = panel * width;
                int columns = Math.Min(width, source.Columns - column);
                Prefetcher ahead = new(source, feature, column, features, columns, TileStrip<TLanes>.PrefetchSteps(padded, inputs.Depth), twin);
                for (int block = 0; block < inputs.DepthBlocks; block++)
                {
                    int steps = TileStrip<TLanes>.PrefetchSteps(padded, inputs.DepthOf(block));
                    (int nextPanel, int nextBlock) = block + 1 < inputs.DepthBlocks ? (panel, block + 1) : (panel + 1 < inputs.PanelCount ? panel + 1 : 0, 0);
                    ahead.Add(right + inputs.Offset(nextBlock, nextPanel), inputs.DepthOf(nextBlock) * width, steps);
                    float* tiles = left + gradient.Offset(block) + ((nint)feature * TileShape.DepthStride);
                    TileStrip<TLanes>.Multiply(
                        padded, columns, inputs.DepthOf(block), tiles, TileShape.DepthStride, right + inputs.Offset(block, panel), strip, width, block > 0, ref ahead);
                }

                RowArithmetic<TLanes>.Descend(strip, width, scale, source, feature, column, features, columns, destination);
            }
        }
    }
}

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>destination = source − scale · dyᵀ x.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <remarks>
/// The inputs are packed by all workers; each worker packs the gradient of the output features it updates. The weights are read and written once, where the
/// product ends.
/// </remarks>
internal static unsafe class DescentProduct<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Floats that a worker needs.</summary>
    /// <param name="rows">Rows of the gradient.</param>
    /// <param name="unitFeatures">Output features that are updated together.</param>
    public static long UnitLength(int rows, int unitFeatures)
    {
        PackedLeft gradient = PackedLeft.Plan<TLanes>(unitFeatures, rows);
        return gradient.Length + ((long)gradient.PaddedRows * Packing<TLanes>.PanelWidth);
    }

    /// <summary>Computes the update.</summary>
    public static void Run(Workers workers, MatrixView dy, MatrixView x, float scale, WeightView source, MatrixView destination)
    {
        if (source.Rows == 0 || source.Columns == 0)
            return;

        PackedRight inputs = PackedRight.Plan<TLanes>(x.Columns, x.Rows);
        int unitFeatures = Units.Features(source.Rows, inputs.PanelCount, workers.Count);
        float* right = workers.SharedScratch(inputs.Length);
        workers.Run(new PackRight<TLanes>(x, inputs, right, transposed: false), inputs.BlockCount, PackingGrain.Of(inputs));
        int pieces = Units.Count(source.Rows, unitFeatures) * inputs.PanelCount;
        workers.Run(
            new Kernel(workers, dy, inputs, right, scale, source, destination, unitFeatures),
            pieces,
            Units.Grain(pieces, (long)unitFeatures * Packing<TLanes>.PanelWidth * dy.Rows, workers.Count),
            pieces);
    }

    /// <summary>A kernel row is a panel of input features and a unit of output features, whose panels follow each other.</summary>
    private readonly struct Kernel(
        Workers workers, MatrixView dy, PackedRight inputs, float* right, float scale, WeightView source, MatrixView destination, int unitFeatures) : IRowKernel
    {
        private readonly float* right = right;

        public void Run(int firstRow, int rowCount, int worker)
        {
            float* left = workers.WorkerScratch(worker, UnitLength(dy.Rows, unitFeatures));
            int end = firstRow + rowCount;
            for (int row = firstRow; row < end;)
            {
                UnitPart part = UnitPart.At(row, end, inputs.PanelCount);
                row += part.Count;
                int feature = part.Unit * unitFeatures;
                Multiply(feature, Math.Min(unitFeatures, source.Rows - feature), part.First, part.End, left);
            }
        }

        private void Multiply(int feature, int features, int firstPanel, int endPanel, float* left)
        {
            PackedLeft gradient = PackedLeft.Plan<TLanes>(features, dy.Rows);
            new PackLeft<TLanes>(dy.ColumnRange(feature, features), gradient, left, transposed: true).Run(0, gradient.PieceCount, 0);
            float* strip = left + gradient.Length;
            int padded = gradient.PaddedRows;
            int width = Packing<TLanes>.PanelWidth;
            if (inputs.Depth == 0)
                new Span<float>(strip, padded * width).Clear();

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
                    TileStrip<TLanes>.Multiply(
                        padded,
                        columns,
                        inputs.DepthOf(block),
                        left + gradient.Offset(block),
                        TileShape.DepthStride,
                        right + inputs.Offset(block, panel),
                        strip,
                        width,
                        block > 0,
                        ref ahead);
                }

                RowArithmetic<TLanes>.Descend(strip, width, scale, source, feature, column, features, columns, destination);
            }
        }
    }
}

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>destination = source − scale · dyᵀ x.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <remarks>
/// The inputs are packed by all workers. The gradient is read where it is, column by column, or packed by each worker for the output features it updates.
/// The weights are read and written once, where the product ends.
/// </remarks>
internal static unsafe class DescentProduct<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Floats that a worker needs.</summary>
    /// <param name="rows">Rows of the gradient.</param>
    /// <param name="stride">Its row stride.</param>
    /// <param name="unitFeatures">Output features that are updated together.</param>
    public static long UnitLength(int rows, int stride, int unitFeatures) =>
        ((long)unitFeatures * Packing<TLanes>.PanelWidth) + (CacheLine.Aliases(stride) ? new PackedLeft(unitFeatures, rows).Length : 0);

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
            float* memory = workers.WorkerScratch(worker, UnitLength(dy.Rows, dy.Stride, unitFeatures));
            int end = firstRow + rowCount;
            for (int row = firstRow; row < end;)
            {
                UnitPart part = UnitPart.At(row, end, inputs.PanelCount);
                row += part.Count;
                int feature = part.Unit * unitFeatures;
                Multiply(feature, Math.Min(unitFeatures, source.Rows - feature), part.First, part.End, memory);
            }
        }

        private void Multiply(int feature, int features, int firstPanel, int endPanel, float* strip)
        {
            int width = Packing<TLanes>.PanelWidth;
            LeftOperand gradient = Gradient(feature, features, strip + ((nint)features * width));
            if (inputs.Depth == 0)
                new Span<float>(strip, features * width).Clear();

            for (int panel = firstPanel; panel < endPanel; panel++)
            {
                int column = panel * width;
                int columns = Math.Min(width, source.Columns - column);

                // The last depth block steps down from the weights tile by tile, where these are singles and vectors are whole.
                bool direct = inputs.Depth > 0 && source.Storage == WeightStorage.SinglePrecision && columns % TLanes.Count == 0;
                Prefetcher ahead = Next(feature, features, panel, TileStrip<TLanes>.PrefetchSteps(features, inputs.Depth));
                for (int block = 0; block < inputs.DepthBlocks; block++)
                {
                    int depth = inputs.DepthOf(block);
                    (int nextPanel, int nextBlock) = block + 1 < inputs.DepthBlocks ? (panel, block + 1) : (panel + 1 < inputs.PanelCount ? panel + 1 : 0, 0);
                    ahead.Add(right + inputs.Offset(nextBlock, nextPanel), inputs.DepthOf(nextBlock) * width, TileStrip<TLanes>.PrefetchSteps(features, depth));
                    bool descends = direct && block == inputs.DepthBlocks - 1;
                    TileOperands operands = new()
                    {
                        Depth = depth,
                        Left = gradient.Block(block),
                        LeftStride = gradient.Stride,
                        LeftStep = gradient.Step,
                        Panel = right + inputs.Offset(block, panel),
                        Accumulate = block > 0,
                        Sums = strip,
                        SumsStride = width,
                        Result = descends ? destination.Pointer + ((nint)feature * destination.Stride) + column : strip,
                        ResultStride = descends ? destination.Stride : width,
                        Weights = (float*)source.Address(feature, column),
                        WeightsStride = source.Stride,
                        Rate = scale,
                    };
                    if (descends)
                        TileStrip<TLanes>.Descend(features, columns, operands, ref ahead);
                    else
                        TileStrip<TLanes>.Multiply(features, columns, operands, ref ahead);
                }

                if (!direct)
                    RowArithmetic<TLanes>.Descend(strip, width, scale, source, feature, column, features, columns, destination);
            }
        }

        /// <summary>The gradient of some features: where it is, or packed if its rows are so far apart that they fall into the same cache sets.</summary>
        private LeftOperand Gradient(int feature, int features, float* packed)
        {
            MatrixView columns = dy.ColumnRange(feature, features);
            if (!CacheLine.Aliases(dy.Stride))
                return LeftOperand.Columns(columns);

            PackedLeft layout = new(features, dy.Rows);
            for (int block = 0; block < layout.DepthBlocks; block++)
            {
                float* first = columns.Pointer + ((nint)block * TileShape.Depth * columns.Stride);
                Packing<TLanes>.LeftColumns(first, columns.Stride, features, layout.DepthOf(block), packed + layout.Offset(block));
            }

            return LeftOperand.Packed(packed, layout);
        }

        /// <summary>The weights that are updated next, and their place.</summary>
        private Prefetcher Next(int feature, int features, int panel, int steps)
        {
            int width = Packing<TLanes>.PanelWidth;
            (feature, panel) = panel + 1 < inputs.PanelCount ? (feature, panel + 1) : (feature + features, 0);
            int rows = Math.Min(features, source.Rows - feature);
            if (rows <= 0)
                return default;

            // Stored weights of 16 bits are not as far apart as what becomes of them.
            bool alike = source.Storage == WeightStorage.SinglePrecision && destination.Stride == source.Stride;
            nint twin = alike ? (nint)((byte*)destination.Pointer - source.Pointer) : 0;
            return new Prefetcher(source, feature, panel * width, rows, Math.Min(width, source.Columns - (panel * width)), steps, twin);
        }
    }
}

using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>destination = source − scale · dyᵀ x.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <remarks>
/// The gradient is the left operand and is read where it is, column by column. Each worker packs the columns of x whose weights it updates, a plain copy. The weights
/// are read and written once, where the product ends.
/// </remarks>
internal static unsafe class DescentProduct<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    // Output features that are multiplied by all panels of a unit before the next ones: a depth block of their gradient stays in the second-level cache.
    private const int RowBlock = 16 * TileShape.Rows;

    // Most output features of a unit: their sums with a unit's panels, 0.5 MB, stay in the second-level cache.
    private const int MostFeatures = 170 * TileShape.Rows;

    // Output features of a unit that repay packing all columns of x for it.
    private const int FewestFeatures = 512;

    // Most floats of x that a worker packs at a time: 0.4 MB.
    private const int MostInputs = 96 * 1024;

    /// <summary>Floats that a worker needs.</summary>
    public static long UnitLength((int Columns, int Features) unit) => (long)unit.Columns * (TileShape.Depth + unit.Features);

    /// <summary>Columns of x, whole panels, and output features, whole tiles, that a worker takes at a time.</summary>
    /// <param name="rows">Rows of x and of the gradient.</param>
    /// <param name="inputs">Columns of x.</param>
    /// <param name="outputs">Columns of the gradient.</param>
    /// <param name="workers">Workers.</param>
    /// <remarks>All columns where few rows meet so many weights that these come from memory, which is faster along their rows.</remarks>
    public static (int Columns, int Features) Unit(int rows, int inputs, int outputs, int workers)
    {
        int panels = Units.Count(inputs, Packing<TLanes>.PanelWidth);
        int all = panels * Packing<TLanes>.PanelWidth;
        if (rows <= TileShape.Depth && (long)rows * all <= MostInputs && Units.PartRows(outputs, 1, workers) >= FewestFeatures)
            return (all, Features(outputs, Units.PartRows(outputs, 1, workers)));

        int columns = Math.Min(Units.MostPanels<TLanes>(), panels) * Packing<TLanes>.PanelWidth;
        return (columns, Features(outputs, Units.PartRows(outputs, Units.Count(inputs, columns), workers)));
    }

    /// <summary>Computes the update.</summary>
    public static void Run(Workers workers, MatrixView dy, MatrixView x, float scale, WeightView source, MatrixView destination)
    {
        if (source.Rows == 0 || source.Columns == 0)
            return;

        (int columns, int features) = Unit(x.Rows, source.Columns, source.Rows, workers.Count);
        Kernel kernel = new(workers, dy, x, scale, source, destination, columns, features);
        workers.Run(kernel, Units.Count(source.Columns, columns) * Units.Count(source.Rows, features), 1, 1);
    }

    private static int Features(int outputs, int most)
    {
        int units = Units.Count(outputs, Math.Min(most, MostFeatures));
        return Units.Count(Units.Count(outputs, units), TileShape.Rows) * TileShape.Rows;
    }

    /// <summary>A kernel row is a unit: some columns of x and some output features.</summary>
    private readonly struct Kernel(
        Workers workers, MatrixView dy, MatrixView x, float scale, WeightView source, MatrixView destination, int unitColumns, int unitFeatures) : IRowKernel
    {
        public void Run(int firstRow, int rowCount, int worker)
        {
            float* memory = workers.WorkerScratch(worker, UnitLength((unitColumns, unitFeatures)));
            for (int row = firstRow; row < firstRow + rowCount; row++)
                Multiply(row, memory);
        }

        private void Multiply(int unit, float* packed)
        {
            (int column, int feature) = Place(unit);
            int columns = Math.Min(unitColumns, source.Columns - column);
            int features = Math.Min(unitFeatures, source.Rows - feature);
            float* strip = packed + ((nint)TileShape.Depth * unitColumns);
            if (dy.Rows == 0)
                new Span<float>(strip, features * unitColumns).Clear();

            // The last depth block steps down from the weights tile by tile, where these are singles and vectors are whole.
            bool direct = dy.Rows > 0 && source.Storage == WeightStorage.SinglePrecision && columns % TLanes.Count == 0;
            int panelCount = Units.Count(columns, Packing<TLanes>.PanelWidth);
            LeftOperand left = LeftOperand.Columns(dy.ColumnRange(feature, features));
            for (int first = 0; first < dy.Rows; first += TileShape.Depth)
            {
                int depth = Math.Min(TileShape.Depth, dy.Rows - first);
                bool ends = first + depth == dy.Rows;
                bool descends = direct && ends;
                Prefetcher ahead = ends ? default : Inputs(first + depth, column, columns, panelCount * TileStrip<TLanes>.PrefetchSteps(features, depth));
                for (int row = 0; row < features; row += RowBlock)
                {
                    int rows = Math.Min(RowBlock, features - row);
                    if (ends)
                        ahead = Weights(unit, row + rows, panelCount * TileStrip<TLanes>.PrefetchSteps(rows, depth));
                    for (int panel = 0; panel < panelCount; panel++)
                    {
                        int offset = panel * Packing<TLanes>.PanelWidth;
                        float* right = packed + (offset * TileShape.Depth);
                        int wanted = Math.Min(Packing<TLanes>.PanelWidth, columns - offset);
                        if (row == 0)
                            Packing<TLanes>.RightColumns(x, first, column + offset, wanted, depth, right);
                        float* sums = strip + ((nint)row * unitColumns) + offset;
                        TileOperands operands = new()
                        {
                            Depth = depth,
                            Left = left.Block(first / TileShape.Depth) + (row * left.Stride),
                            LeftStride = left.Stride,
                            LeftStep = left.Step,
                            Panel = right,
                            Accumulate = first > 0,
                            Sums = sums,
                            SumsStride = unitColumns,
                            Result = descends ? destination.Pointer + ((nint)(feature + row) * destination.Stride) + column + offset : sums,
                            ResultStride = descends ? destination.Stride : unitColumns,
                            Weights = (float*)source.Address(feature + row, column + offset),
                            WeightsStride = source.Stride,
                            Rate = scale,
                        };
                        if (descends)
                            TileStrip<TLanes>.Descend(rows, wanted, operands, ref ahead);
                        else
                            TileStrip<TLanes>.Multiply(rows, wanted, operands, ref ahead);
                    }
                }
            }

            if (!direct)
                RowArithmetic<TLanes>.Descend(strip, unitColumns, scale, source, feature, column, features, columns, destination);
        }

        /// <summary>The first column and output feature of a unit; those of the same features follow each other, so that their gradient stays in the caches.</summary>
        private (int Column, int Feature) Place(int unit)
        {
            (int featureUnit, int columnUnit) = Math.DivRem(unit, Units.Count(source.Columns, unitColumns));
            return (columnUnit * unitColumns, featureUnit * unitFeatures);
        }

        /// <summary>The inputs that are packed next.</summary>
        private Prefetcher Inputs(int first, int column, int columns, int steps) =>
            new(x, first, column, Math.Min(TileShape.Depth, dy.Rows - first), columns, steps);

        /// <summary>The weights that are updated next, and their place: further rows of the unit, or the first of the unit that this worker will probably take.</summary>
        private Prefetcher Weights(int unit, int row, int steps)
        {
            (int column, int feature) = Place(unit);
            if (row < unitFeatures)
                feature += row;
            else
                (column, feature) = Place(unit + workers.Count);
            int rows = Math.Min(RowBlock, source.Rows - feature);
            int columns = Math.Min(unitColumns, source.Columns - column);
            if (rows <= 0 || columns <= 0)
                return default;

            // Stored weights of 16 bits are not as far apart as what becomes of them; in place there is nothing else.
            bool alike = source.Storage == WeightStorage.SinglePrecision && destination.Stride == source.Stride;
            nint twin = alike ? (nint)((byte*)destination.Pointer - source.Pointer) : 0;
            return new Prefetcher(source, feature, column, rows, columns, steps, twin);
        }
    }
}

using System.Numerics;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>destination = source − scale · column sums of dy, or of dy ∘ x where there is x, by chunks of columns; a kernel row is a chunk.</summary>
internal readonly unsafe struct ColumnSumDescent : IRowKernel
{
    private const int ChunkColumns = 256;

    // Columns whose sums one worker does before a second one is worth waking: about ten microseconds of additions.
    private const int GrainElements = 64 * 1024;

    private readonly MatrixView dy;
    private readonly MatrixView x;
    private readonly float scale;
    private readonly VectorView source;
    private readonly VectorView destination;

    public ColumnSumDescent(MatrixView dy, MatrixView x, float scale, VectorView source, VectorView destination)
    {
        this.dy = dy;
        this.x = x;
        this.scale = scale;
        this.source = source;
        this.destination = destination;
    }

    public int ChunkCount => (dy.Columns + ChunkColumns - 1) / ChunkColumns;

    public static int Grain(MatrixView dy) => Math.Max(1, GrainElements / (ChunkColumns * Math.Max(1, dy.Rows)));

    public void Run(int firstRow, int rowCount, int worker)
    {
        double* sums = stackalloc double[ChunkColumns];
        for (int chunk = firstRow; chunk < firstRow + rowCount; chunk++)
        {
            int column = chunk * ChunkColumns;
            int columns = Math.Min(ChunkColumns, dy.Columns - column);
            new Span<double>(sums, columns).Clear();
            for (int token = 0; token < dy.Rows; token++)
            {
                float* values = dy.Pointer + ((nint)token * dy.Stride) + column;
                if (x.Columns == 0)
                    Add(values, sums, columns);
                else
                    Add(values, x.Pointer + ((nint)token * x.Stride) + column, sums, columns);
            }

            for (int index = 0; index < columns; index++)
                destination.Pointer[column + index] = (float)(source.Pointer[column + index] - (scale * sums[index]));
        }
    }

    private static void Add(float* values, double* sums, int count)
    {
        int index = 0;
        for (; index <= count - Vector<float>.Count; index += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(values + index), out Vector<double> low, out Vector<double> high);
            double* sum = sums + index;
            (Vector.Load(sum) + low).Store(sum);
            (Vector.Load(sum + Vector<double>.Count) + high).Store(sum + Vector<double>.Count);
        }

        for (; index < count; index++)
            sums[index] += values[index];
    }

    private static void Add(float* values, float* factors, double* sums, int count)
    {
        int index = 0;
        for (; index <= count - Vector<float>.Count; index += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(values + index), out Vector<double> low, out Vector<double> high);
            Vector.Widen(Vector.Load(factors + index), out Vector<double> lowFactor, out Vector<double> highFactor);
            double* sum = sums + index;
            (Vector.Load(sum) + (low * lowFactor)).Store(sum);
            (Vector.Load(sum + Vector<double>.Count) + (high * highFactor)).Store(sum + Vector<double>.Count);
        }

        for (; index < count; index++)
            sums[index] += (double)values[index] * factors[index];
    }
}

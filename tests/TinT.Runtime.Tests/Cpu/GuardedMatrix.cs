using TinT.Runtime.Cpu.Memory;

namespace TinT.Runtime.Tests.Cpu;

/// <summary>A strided matrix with guard values in front, behind and between its rows, to catch writes outside it.</summary>
internal sealed class GuardedMatrix
{
    private const float Guard = -7.25e33f;
    private const int Margin = 40;

    private readonly PinnedArray memory;
    private readonly int stride;

    public GuardedMatrix(int rows, int columns, int gap = 0, int leading = 0)
    {
        stride = columns + gap;
        memory = new PinnedArray((2 * Margin) + leading + (rows * stride));
        Array.Fill(memory.Array, Guard);
        View = memory.Matrix(Margin + leading, rows, stride).ColumnRange(0, columns);
        First = Margin + leading;
    }

    public MatrixView View { get; }

    private int First { get; }

    public static GuardedMatrix Random(Random random, int rows, int columns, int gap = 0, int leading = 0, double scale = 1)
    {
        GuardedMatrix matrix = new(rows, columns, gap, leading);
        for (int row = 0; row < rows; row++)
        {
            foreach (ref float element in matrix.View.Row(row))
                element = (float)(scale * ((2 * random.NextDouble()) - 1));
        }

        return matrix;
    }

    public VectorView Vector => View.RowVector(0);

    public float this[int row, int column] => View.Row(row)[column];

    /// <summary>Every element row by row.</summary>
    public float[] ToArray()
    {
        float[] elements = new float[View.Rows * View.Columns];
        for (int row = 0; row < View.Rows; row++)
            View.Row(row).CopyTo(elements.AsSpan(row * View.Columns));
        return elements;
    }

    /// <summary>Fails if anything outside the matrix was written.</summary>
    public void AssertGuardsIntact()
    {
        for (int index = 0; index < memory.Array.Length; index++)
        {
            int inside = index - First;
            bool element = inside >= 0 && inside < View.Rows * stride && inside % stride < View.Columns;
            if (!element && memory.Array[index] != Guard)
                Assert.Fail($"The float {inside} places after the first element was overwritten.");
        }
    }
}

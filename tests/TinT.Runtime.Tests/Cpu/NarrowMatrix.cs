using TinT.Runtime.Cpu.Memory;

namespace TinT.Runtime.Tests.Cpu;

/// <summary>A matrix stored in 16 bits, and the singles that it stands for. It is part of a larger one, whose other elements are NaN.</summary>
internal sealed unsafe class NarrowMatrix : IDisposable
{
    private readonly NativeBuffer memory;

    public NarrowMatrix(GuardedMatrix singles, WeightStorage storage, int gap)
    {
        int rows = singles.View.Rows;
        int columns = singles.View.Columns;
        int stride = columns + gap;
        memory = new NativeBuffer((rows * stride) + 8);
        WeightView whole = memory.Weights(1, 3, rows, stride, storage);
        Rounded = new GuardedMatrix(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            new Span<ushort>(whole.Address(row, 0), stride).Fill(0xFFFF);
            whole.Store(row, 0, singles.View.Row(row));
        }

        Weights = new WeightView(memory, whole.Pointer, rows, columns, stride, storage);
        for (int row = 0; row < rows; row++)
            Weights.CopyRow(row, Rounded.View.Row(row));
    }

    /// <summary>The stored matrix.</summary>
    public WeightView Weights { get; }

    /// <summary>What it stands for.</summary>
    public GuardedMatrix Rounded { get; }

    public void Dispose() => memory.Dispose();
}

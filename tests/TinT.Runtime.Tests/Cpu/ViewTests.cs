using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Runtime.Tests.Cpu;

public class ViewTests
{
    [Fact]
    public unsafe void A_native_buffer_is_aligned_and_zero()
    {
        foreach (long length in new[] { 0L, 1L, 1000L, 3_000_000L })
        {
            using NativeBuffer buffer = new(length);
            Assert.Equal(length, buffer.Length);
            Assert.Equal(0, (nint)buffer.Vector(0, 0).Pointer % 64);
            Assert.Equal(-1, buffer.Vector(0, (int)length).Span.IndexOfAnyExcept(0f));
        }
    }

    [Fact]
    public void Memory_that_cannot_be_had_is_a_typed_error_that_says_how_much()
    {
        BufferAllocationException thrown = Assert.Throws<BufferAllocationException>(() => new NativeBuffer(long.MaxValue / 8));
        Assert.Equal(long.MaxValue / 8, thrown.Floats);
        Assert.Contains("1152921504606846975 floats (4398046511104.0 MiB) could not be reserved", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<BufferAllocationException>(() => new NativeBuffer(long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NativeBuffer(-1));
    }

    [Fact]
    public void Matrices_rows_and_columns_are_where_they_should_be()
    {
        using NativeBuffer buffer = new(100);
        Span<float> all = buffer.Vector(0, 100).Span;
        for (int index = 0; index < all.Length; index++)
            all[index] = index;

        MatrixView matrix = buffer.Matrix(10, 5, 8);
        Assert.Equal((5, 8, 8), (matrix.Rows, matrix.Columns, matrix.Stride));
        Assert.Equal([34f, 35f], matrix.Row(3)[..2].ToArray());
        MatrixView part = matrix.RowRange(1, 3).ColumnRange(2, 4);
        Assert.Equal((3, 4, 8), (part.Rows, part.Columns, part.Stride));
        Assert.Equal([20f, 21f, 22f, 23f], part.Row(0).ToArray());
        Assert.Equal([36f, 37f], part.RowVector(2).Slice(0, 2).Span.ToArray());
        part.Clear();
        Assert.Equal([18f, 19f, 0f, 0f, 0f, 0f, 24f, 25f], matrix.Row(1).ToArray());
    }

    [Fact]
    public void Views_outside_their_memory_are_refused()
    {
        using NativeBuffer buffer = new(100);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Matrix(1, 10, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Matrix(-1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Matrix(0, int.MaxValue, int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Vector(long.MaxValue, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Vector(0, -1));
        MatrixView matrix = buffer.Matrix(0, 10, 10);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Row(10));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Row(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.RowRange(5, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.RowRange(int.MaxValue, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.ColumnRange(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.ColumnRange(11, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Vector(0, 10).Slice(3, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PinnedArray(10).Matrix(0, 1, 11));
        Assert.Throws<ArgumentException>(() => matrix.CopyTo(matrix.RowRange(0, 9)));
    }

    [Fact]
    public void A_disposed_buffer_gives_no_views()
    {
        NativeBuffer buffer = new(10);
        buffer.Dispose();
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => buffer.Vector(0, 1));
        Assert.Throws<ObjectDisposedException>(() => buffer.Matrix(0, 1, 1));
    }

    [Fact]
    public void A_pinned_array_shows_what_is_written_through_a_view()
    {
        PinnedArray pinned = new(6);
        MatrixView matrix = pinned.Matrix(0, 2, 3);
        matrix.Row(1)[2] = 7;
        GC.Collect();
        matrix.Row(0)[0] = 5;
        Assert.Equal((5f, 7f), (pinned.Array[0], pinned.Array[5]));
    }

    [Fact]
    public void A_view_keeps_its_memory_alive()
    {
        (MatrixView view, WeakReference buffer) = Create();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.True(buffer.IsAlive);
        Assert.Equal(3f, view.Row(0)[0]);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (MatrixView View, WeakReference Buffer) Create()
        {
            NativeBuffer buffer = new(4);
            MatrixView view = buffer.Matrix(0, 2, 2);
            view.Row(0)[0] = 3;
            return (view, new WeakReference(buffer));
        }
    }
}

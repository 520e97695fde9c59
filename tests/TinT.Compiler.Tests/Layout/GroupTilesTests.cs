using TinT.Compiler.Devices;

namespace TinT.Compiler.Tests.Layout;

/// <summary>Shapes of groups and what they place in shared memory and registers, worked out by hand.</summary>
public sealed class GroupTilesTests
{
    [Fact]
    public void Attention_has_operands_a_tile_and_lines_of_it_in_shared_memory()
    {
        GroupTile wide = GroupTiles.Wide;

        // 128 threads for tiles of 64 × 64; two operands of 16 lines of 65 floats, a tile of 64, a line for maxima and one for sums.
        Assert.Equal((128, 64, 65, 2), (wide.Threads, wide.Size, wide.Pitch, wide.RowLanes));
        Assert.Equal(2 * 16 * 65, wide.OperandFloats);
        Assert.Equal(2080 + (64 * 65), wide.LinearAttentionFloats);
        Assert.Equal(2080 + 4160 + 128, wide.AttentionFloatsOf(softmax: false, slopes: false));
        Assert.Equal(2080 + 4160 + 128 + 64 + 256, wide.AttentionFloatsOf(softmax: true, slopes: false));
        Assert.Equal(2080 + 4160 + 128 + 64 + 256 + 64, wide.AttentionFloatsOf(softmax: true, slopes: true));
        Assert.Equal(wide.AttentionFloatsOf(softmax: true, slopes: false), wide.AttentionFloats);
        Assert.Equal((32 + 29, 64 + 29), (wide.Registers(1), wide.Registers(2)));
    }

    [Fact]
    public void A_product_has_operands_or_sums_of_its_slices_in_shared_memory()
    {
        ProductTile wide = GroupTiles.Wide.Product;
        ProductTile narrow = GroupTiles.Narrow.Product;

        Assert.Equal((128, 32, 64, 8), (wide.Threads, wide.Rows, wide.Columns, wide.SliceDepth));
        Assert.Equal((33, 65, 8, 16), (wide.RowPitch, wide.ColumnPitch, wide.LeftLoads, wide.RightLoads));

        // All eight rows of 128 threads would be 8192 sums. Half of them are 4 · 4 lines of 72 floats in each of four slices, more than the operands.
        Assert.Equal((4, 72, 4 * 4 * 72), (wide.ExchangedRows, wide.ExchangePitch, wide.ExchangedFloats));
        Assert.Equal((32 * 33, 4 * 4 * 4 * 72), (wide.LeftFloats, wide.SharedFloats));
        Assert.Equal((145, 109), (wide.Registers, narrow.Registers));
        Assert.Equal((2.0 * 32 * 64 / (4 * 96), 4.0), (wide.GlobalIntensity, wide.SharedIntensity));

        // A single slice has nobody to hand its sums to.
        Assert.Equal((16, 4, 2 * 16 * 17), (narrow.Threads, narrow.ExchangedRows, narrow.SharedFloats));
        Assert.Equal(2 * 17, (narrow with { Depth = 1 }).SharedFloats);
        Assert.Equal(1, (wide with { Slices = 64 }).ExchangedRows);
    }

    [Theory]
    [InlineData(256, 1, 1024)]
    [InlineData(8192, 1, 1024)]
    [InlineData(8193, 2, 1024)]
    [InlineData(50257, 7, 640)]
    [InlineData(1_000_000, 123, 64)]
    public void The_head_has_parts_of_the_vocabulary_and_whole_tiles_of_rows(int vocabulary, int parts, int rows) =>
        Assert.Equal((parts, rows), (GroupTiles.HeadParts(vocabulary), GroupTiles.HeadRows(vocabulary)));
}

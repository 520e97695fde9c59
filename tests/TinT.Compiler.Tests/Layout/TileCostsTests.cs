using TinT.Compiler.Devices;

namespace TinT.Compiler.Tests.Layout;

/// <summary>Costs of launches, worked out by hand for shapes that fill their tiles and for shapes that begin another one in each direction.</summary>
public sealed class TileCostsTests
{
    // A product's tiles have 32 rows, 64 columns and 32 terms; those of attention 64 rows and columns and 16 terms.
    [Theory]
    [InlineData(32, 64, 32, 1, 1, 135_168, 5_120, 4_096)]
    [InlineData(33, 65, 33, 1, 4, 1_052_866, 26_721, 4_290)]
    [InlineData(33, 65, 33, 3, 12, 1_052_866, 26_721, 12_870)]
    public void A_product_runs_in_whole_tiles_and_whole_depths(
        long rows, long columns, long terms, int parts, long groups, long operations, long reads, long writes) => Assert.Equal(
            new TileCost(groups, operations, reads, writes),
            TileCosts.Product(GroupTiles.Wide, rows, columns, terms, reads: 1, writes: 2, operations: 2, parts));

    [Theory]
    [InlineData(64, 64, 16, 256, 1, 2_252_800, 34_816, 16_384)]
    [InlineData(65, 65, 17, 257, 4, 8_701_062, 117_378, 33_410)]
    public void Linear_attention_reads_and_writes_its_result_for_every_tile_of_keys(
        long rows, long trainingRows, long terms, long columns, long groups, long operations, long reads, long writes) => Assert.Equal(
            new TileCost(groups, operations, reads, writes),
            TileCosts.LinearAttention(GroupTiles.Wide, rows, trainingRows, terms, columns));

    [Theory]
    [InlineData(null, 67e12, 0, 1)]
    [InlineData(1000L, 67e12, 0, 1)]
    [InlineData(66L, 67e12, 0, 2)]
    [InlineData(1L, 0, 3.35e12, 4)]
    [InlineData(66L, 67e12, 3.35e12, 4)]
    public void A_launch_takes_as_long_as_its_operations_on_the_processors_that_have_groups_or_its_bytes(
        long? groups, double operations, double floats, double seconds)
    {
        Assert.Equal(seconds, GpuClass.Large.Seconds(groups, (long)operations, (long)floats), 1e-9);
        Assert.Equal(floats > 0, GpuClass.Large.IsBoundByMemory(groups, (long)operations, (long)floats));
    }

    [Fact]
    public void A_launch_without_operations_is_bound_by_memory() => Assert.True(GpuClass.Small.IsBoundByMemory(1, 0, 0));
}

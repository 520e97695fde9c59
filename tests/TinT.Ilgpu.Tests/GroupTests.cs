using TinT.Compiler.Devices;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Ilgpu.Kernels;
using TinT.Runtime.Ilgpu.Kernels.Groups;

namespace TinT.Ilgpu.Tests;

/// <summary>The compiler plans with the shapes of groups that kernels have.</summary>
public sealed class GroupTests
{
    [Fact]
    public void Wide_groups_are_those_that_the_compiler_plans_with() => AssertSame<WideGroup>(GroupTiles.Wide);

    [Fact]
    public void Narrow_groups_are_those_that_the_compiler_plans_with() => AssertSame<NarrowGroup>(GroupTiles.Narrow);

    [Fact]
    public void Linear_attention_has_the_tiles_side_by_side_that_the_compiler_plans_with() =>
        Assert.Equal(GroupTiles.LinearAttentionTiles, LinearAttention.TilesAcross);

    private static void AssertSame<TGroup>(GroupTile planned)
        where TGroup : struct, IGroup
    {
        var product = new ProductTile(
            TGroup.SliceColumns, TGroup.SliceRows, TGroup.Slices, TGroup.ProductBlockRows, TGroup.ProductBlockColumns, TGroup.ProductDepth, planned.Product.Unrolled);
        Assert.Equal(
            planned, new GroupTile(planned.Name, TGroup.ThreadColumns, TGroup.ThreadRows, TGroup.BlockRows, TGroup.BlockColumns, TGroup.Depth, product));
        Assert.Equal((planned.Product.SharedFloats, planned.Threads), (ProductTile<TGroup>.SharedFloats, GroupShape.Of<TGroup>().Threads));

        // Registers are written out: so many values at a time, and with slices two halves of a block.
        Assert.All(
            [TGroup.BlockRows, TGroup.BlockColumns, TGroup.ProductBlockRows, TGroup.ProductBlockColumns], count => Assert.Contains(count, new[] { 4, 8 }));
        Assert.All(
            [LeftLines<TGroup>.Loads, RightLines<TGroup>.Loads, AttentionLines<TGroup>.Loads],
            count => Assert.Contains(count, new[] { 8, 16 }));
        Assert.True(TGroup.Slices == 1 || (TGroup.Slices, TGroup.ProductBlockRows) == (4, 2 * ProductTile<TGroup>.ExchangedRows));
    }
}

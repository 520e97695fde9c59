using TinT.Compiler.Lowering;

namespace TinT.Compiler.Tests.Lowering;

public sealed class ShareTests
{
    [Theory]
    [InlineData(1, 4, 4, 1, 1)]
    [InlineData(1, 4, 8, 2, 1)]
    [InlineData(1, 4, 3, 3, 4)]
    [InlineData(3, 2, 4, 6, 1)]
    [InlineData(3, 2, 3, 9, 2)]
    [InlineData(2, 1, 3, 6, 1)]
    public void Several_shares_add_up_exactly(int numerator, int denominator, int count, int sum, int parts) =>
        Assert.Equal(new Share(sum, parts), new Share(numerator, denominator).Times(count));
}

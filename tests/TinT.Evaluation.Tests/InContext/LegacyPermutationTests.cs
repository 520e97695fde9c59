using TinT.Evaluation.InContext.Sampling;

namespace TinT.Evaluation.Tests.InContext;

public sealed class LegacyPermutationTests
{
    [Theory]
    [InlineData(0, new[] { 2, 8, 4, 9, 1, 6, 7, 3, 0, 5 })]
    [InlineData(1, new[] { 2, 9, 6, 4, 0, 3, 1, 7, 8, 5 })]
    [InlineData(2, new[] { 12, 4, 5, 0, 9, 3, 1, 10, 7, 14, 2, 11, 6, 15, 13, 8 })]
    public void Permutations_are_those_of_NumPy(int seed, int[] expected) => Assert.Equal(expected, LegacyPermutation.Of((uint)seed, expected.Length));

    [Fact]
    public void Long_permutations_twist_the_state_and_have_every_number_once() =>
        Assert.Equal(Enumerable.Range(0, 5000), LegacyPermutation.Of(10, 5000).Order());
}

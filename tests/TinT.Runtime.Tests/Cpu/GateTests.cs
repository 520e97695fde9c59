using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Attention;
using TinT.Runtime.Formulas;

namespace TinT.Runtime.Tests.Cpu;

public class GateTests
{
    private const double Rounding = 1.0 / (1 << 24);

    // Shorter than a stretch of the operation, and longer.
    [Theory]
    [InlineData(7)]
    [InlineData(1024)]
    [InlineData(2500)]
    public void Gates_and_their_differences_agree_with_the_literal_formulas_in_double(int length)
    {
        const double Scale = 1000;
        Random random = new(length);
        float[] z = Values(4);
        float[] p = Values(2);
        float[] g = Values(3);
        float[] s = new float[length];
        float[] toArgument = new float[length];
        float[] toFactor = new float[length];

        Elementwise.Gate<Silu>(z, p, s);
        Elementwise.GateDifference<Silu>(z, p, g, (float)Scale, toArgument, toFactor);

        for (int index = 0; index < length; index++)
        {
            double value = ActivationYardstick.Silu(z[index]);
            double moved = z[index] + ((double)g[index] * p[index] / Scale);

            // Values of the activation are good to four units in the last place; its differences to 3.2e-7 of their terms, which are at most 1.5 |g p|.
            Assert.Equal(value * p[index], s[index], 12 * Rounding * Math.Abs(value * p[index]) + 1e-30);
            Assert.Equal(value * g[index], toFactor[index], 12 * Rounding * Math.Abs(value * g[index]) + 1e-30);
            Assert.Equal(Scale * (ActivationYardstick.Silu(moved) - value), toArgument[index], (1e-6 * Math.Abs(g[index] * p[index])) + 1e-12);
        }

        float[] Values(double size) => [.. Enumerable.Range(0, length).Select(_ => (float)(size * ((2 * random.NextDouble()) - 1)))];
    }

    [Fact]
    public void Lengths_that_differ_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Elementwise.Gate<Silu>(new float[3], new float[4], new float[3]));
        Assert.Throws<ArgumentException>(() => Elementwise.GateDifference<Silu>(new float[3], new float[3], new float[2], 1000f, new float[3], new float[3]));
    }

    [Fact]
    public void Heads_of_a_group_are_summed()
    {
        float[] groups = new float[4];
        HeadGroups.Sum([1, 2, 10, 20, 3, 4, 30, 40], 2, groups);
        Assert.Equal([11f, 22f, 33f, 44f], groups);
    }
}

using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Formulas;

namespace TinT.Runtime.Tests.Cpu;

public class ActivationTests
{
    public static TheoryData<string> Names => new("relu", "silu", "quick_gelu", "gelu", "gelu_new");

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_agree_with_double_to_a_few_units_in_the_last_place(string name)
    {
        // Measured on two million arguments: SiLU 3.3, GELU 8.8, GELU with tanh 18.8 units in the last place for z ≥ −4. In the tails the exponent a
        // of eᵃ is itself rounded, which costs up to |a|/2 units: 2.1 z² is the worst below −4.
        foreach (VectorWidth width in VectorWidthPools.Widths)
        {
            float[] z = Grid();
            float[] s = new float[z.Length];
            Forward(name, z, s, width);
            for (int index = 0; index < z.Length; index++)
            {
                double expected = Exact(name, z[index]);
                double limit = z[index] >= -4 ? 20 : 8 + (2.1 * z[index] * z[index]);
                double error = Ulps(s[index], expected);
                if (!(error <= limit))
                    Assert.Fail($"{name}({z[index]:R}) is {s[index]:R}, expected {expected:R}: {error:F1} units in the last place, more than {limit:F1}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Differences_agree_with_the_literal_formula_in_double(string name)
    {
        // N (act(z + g/N) − act(z)) = g gate(z + g/N) + N z (gate change): measured relative to the sizes of the
        // two terms, for z ≥ −4: SiLU 3.2e-7, GELU 7.6e-7, GELU with tanh 1.4e-6.
        const double Tolerance = 1.5e-6;
        foreach (VectorWidth width in VectorWidthPools.Widths)
        {
            foreach (float scale in new[] { 1f, 30f, 1000f, 1e5f })
            {
                foreach (float slope in new[] { -3000f, -77f, -1.5f, -0.01f, 0f, 0.02f, 0.9f, 12.5f, 400f })
                {
                    float[] z = [.. Grid().Where(value => Math.Abs(value) < 12)];
                    float[] g = new float[z.Length];
                    Array.Fill(g, slope);
                    float[] result = new float[z.Length];
                    Difference(name, z, g, scale, result, width);
                    for (int index = 0; index < z.Length; index++)
                        CheckDifference(name, z[index], slope, scale, result[index], Tolerance);
                }
            }
        }
    }

    [Fact]
    public void Relu_passes_the_gradient_through_exactly_where_it_does_not_cross_zero()
    {
        float[] z = [1f, -1f, 0f, 0f, 2f, -2f, 0.5f];
        float[] g = [0.1f, 0.1f, 3f, -3f, -5000f, 5000f, -123.456f];
        float[] result = new float[7];
        Elementwise.Difference<Relu>(z, g, 1000f, result);
        Assert.Equal([0.1f, 0f, 3f, 0f, -2000f, 3000f, -123.456f], result);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Extreme_arguments_have_their_limits_and_not_a_number_stays_one(string name)
    {
        foreach (VectorWidth width in VectorWidthPools.Widths)
        {
            float[] z = [1e30f, -1e30f, 3e38f, -3e38f, 100f, -1000f, 0f, float.NaN];
            float[] s = new float[z.Length];
            Forward(name, z, s, width);
            Assert.Equal([1e30f, 0f, 3e38f, 0f, 100f, 0f, 0f, float.NaN], s.Select(value => value + 0f));

            float[] slopes = new float[z.Length];
            float[] g = [2f, 2f, 2f, 2f, 2f, 2f, 0f, 2f];
            Difference(name, z, g, 1000f, slopes, width);
            Assert.Equal([2f, 0f, 2f, 0f, 2f, 0f, 0f, float.NaN], slopes.Select(value => value + 0f));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_does_not_depend_on_its_place_or_on_the_length(string name)
    {
        float[] z = [.. Enumerable.Range(0, 67).Select(index => (index * 0.11f) - 3.5f)];
        float[] g = [.. z.Select(value => value * value)];
        float[] s = new float[z.Length];
        float[] d = new float[z.Length];
        Forward(name, z, s, VectorWidths.Widest);
        Difference(name, z, g, 1000f, d, VectorWidths.Widest);
        for (int index = 0; index < z.Length; index++)
        {
            float[] one = new float[1];
            Forward(name, z.AsSpan(index, 1), one, VectorWidths.Widest);
            Assert.Equal(s[index], one[0]);
            Difference(name, z.AsSpan(index, 1), g.AsSpan(index, 1), 1000f, one, VectorWidths.Widest);
            Assert.Equal(d[index], one[0]);
        }

        Forward(name, z, z, VectorWidths.Widest);
        Assert.Equal(s, z);
    }

    [Fact]
    public void Exponentials_are_within_two_units_in_the_last_place()
    {
        float[] x = [.. Enumerable.Range(0, 400_000).Select(index => -87.3f + (index * 0.000438f))];
        double worst = 0;
        for (int first = 0; first < x.Length; first += Lanes128.Count)
        {
            float[] values = Exponential(x.AsSpan(first, Lanes128.Count));
            for (int lane = 0; lane < values.Length; lane++)
                worst = Math.Max(worst, Ulps(values[lane], Math.Exp(x[first + lane])));
        }

        // Measured 1.06.
        Assert.InRange(worst, 0.4, 2);
    }

    [Fact]
    public void Exponentials_reach_denormal_numbers_infinity_and_zero()
    {
        Assert.Equal([1f, (float)Math.Exp(-100), 0f, float.PositiveInfinity], Exponential([0f, -100f, -200f, 89f]));
        Assert.Equal([0f, float.PositiveInfinity, float.NaN, (float)Math.E], Exponential([float.NegativeInfinity, float.PositiveInfinity, float.NaN, 1f]));
    }

    [Fact]
    public void Lengths_that_differ_are_refused()
    {
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => Elementwise.Forward<Silu>(new float[3], new float[4]));
        Assert.Contains("s has shape [4]", wrong.Message, StringComparison.Ordinal);
        wrong = Assert.Throws<ArgumentException>(() => Elementwise.Difference<Silu>(new float[3], new float[2], 1000f, new float[3]));
        Assert.Contains("gradient has shape [2]", wrong.Message, StringComparison.Ordinal);
    }

    private static unsafe float[] Exponential(ReadOnlySpan<float> x)
    {
        float[] values = new float[Lanes128.Count];
        fixed (float* from = x, to = values)
            Lanes128.Store(ElementaryFunctions.Exp(Lanes128.Load(from)), to);
        return values;
    }

    private static float[] Grid() =>
    [
        .. Enumerable.Range(-1200, 2401).Select(index => index * 0.0101f), 1e-30f, -1e-30f, 1e-5f, -1e-5f, 30f, 45f,
    ];

    private static void CheckDifference(string name, float z, float gradient, float scale, float actual, double tolerance)
    {
        double moved = z + ((double)gradient / scale);
        double expected = scale * (Exact(name, moved) - Exact(name, z));
        double gateBefore = z == 0 ? 0.5 : Exact(name, z) / z;
        double gateAfter = moved == 0 ? 0.5 : Exact(name, moved) / moved;
        double size = Math.Abs(gradient * gateAfter) + Math.Abs(scale * z * (gateAfter - gateBefore));

        // In the tails the gates' exponents are rounded too, as for values; 1e-30 is the underflow of N z times a gate.
        double exponent = Math.Max(z * z, moved * moved) is var square && Math.Max(-z, -moved) > 4 ? 1e-7 * square : 0;
        double error = Math.Abs(actual - expected);
        if (!(error <= ((tolerance + exponent) * size) + (1e-13 * scale * Math.Abs(z)) + 1e-30))
            Assert.Fail($"{name} at {z:R} with gradient {gradient:R}, N = {scale}: {actual:R}, expected {expected:R}, off by {error / size:E1} of the terms.");
    }

    internal static double Exact(string name, double z) => name switch
    {
        "relu" => ActivationYardstick.Relu(z),
        "silu" => ActivationYardstick.Silu(z),
        "quick_gelu" => ActivationYardstick.QuickGelu(z),
        "gelu" => ActivationYardstick.Gelu(z),
        _ => ActivationYardstick.GeluTanh(z),
    };

    internal static void Forward(string name, ReadOnlySpan<float> z, Span<float> s, VectorWidth width)
    {
        switch (name)
        {
            case "relu":
                Elementwise.Forward<Relu>(z, s, width);
                break;
            case "silu":
                Elementwise.Forward<Silu>(z, s, width);
                break;
            case "quick_gelu":
                Elementwise.Forward<QuickGelu>(z, s, width);
                break;
            case "gelu":
                Elementwise.Forward<Gelu>(z, s, width);
                break;
            default:
                Elementwise.Forward<GeluTanh>(z, s, width);
                break;
        }
    }

    internal static void Difference(string name, ReadOnlySpan<float> z, ReadOnlySpan<float> g, float scale, Span<float> result, VectorWidth width)
    {
        switch (name)
        {
            case "relu":
                Elementwise.Difference<Relu>(z, g, scale, result, width);
                break;
            case "silu":
                Elementwise.Difference<Silu>(z, g, scale, result, width);
                break;
            case "quick_gelu":
                Elementwise.Difference<QuickGelu>(z, g, scale, result, width);
                break;
            case "gelu":
                Elementwise.Difference<Gelu>(z, g, scale, result, width);
                break;
            default:
                Elementwise.Difference<GeluTanh>(z, g, scale, result, width);
                break;
        }
    }

    private static double Ulps(float actual, double expected)
    {
        if (actual == expected)
            return 0;
        double unit = Math.Max(MathF.BitIncrement((float)Math.Abs(expected)) - Math.Abs((float)expected), float.Epsilon);
        return Math.Abs(actual - expected) / unit;
    }
}

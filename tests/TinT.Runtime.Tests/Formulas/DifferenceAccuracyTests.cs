using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Formulas;
using TinT.Runtime.Tests.Cpu;

namespace TinT.Runtime.Tests.Formulas;

/// <summary>Differences by the calculus in single precision, against the differences as they are written, in double; errors are root mean squares, relative to the result's.</summary>
public sealed class DifferenceAccuracyTests
{
    private const double Scale = 1000;
    private const int Count = 100_000;

    // Measured: gelu_new 5.8e-8, gelu 9.5e-8, silu 5.9e-8, quick_gelu 5.8e-8, relu 3e-9. As written, in single precision: 5e-6 to 9e-6.
    [Theory]
    [InlineData("gelu_new", 7e-8)]
    [InlineData("gelu", 1e-7)]
    [InlineData("silu", 7e-8)]
    [InlineData("quick_gelu", 7e-8)]
    [InlineData("relu", 1e-8)]
    public void Activations(string name, double limit)
    {
        (float[] z, float[] g) = Arguments();
        foreach (VectorWidth width in VectorWidthPools.Widths)
        {
            float[] result = new float[Count];
            ActivationTests.Difference(name, z, g, (float)Scale, result, width);
            double error = Error(
                index => result[index], index => Scale * (ActivationTests.Exact(name, z[index] + (g[index] / Scale)) - ActivationTests.Exact(name, z[index])));
            Assert.InRange(error, 0, limit);
        }

        float[] scalar = [.. Enumerable.Range(0, Count).Select(index => name switch
        {
            "gelu_new" => Moved<GeluTanh>(z[index], g[index]),
            "gelu" => Moved<Gelu>(z[index], g[index]),
            "silu" => Moved<Silu>(z[index], g[index]),
            "quick_gelu" => Moved<QuickGelu>(z[index], g[index]),
            _ => Moved<Relu>(z[index], g[index]),
        })];
        Assert.InRange(
            Error(index => scalar[index], index => Scale * (ActivationTests.Exact(name, z[index] + (g[index] / Scale)) - ActivationTests.Exact(name, z[index]))), 0, limit);
    }

    // Measured: 7.1e-8 and 7.3e-8; as written, in single precision: 2e-4.
    [Theory]
    [InlineData(128)]
    [InlineData(768)]
    public void Layer_norm(int size) => CheckNorm<LayerNorm>(size, isCentred: true);

    // Measured: 6.9e-8 and 6.7e-8.
    [Theory]
    [InlineData(64)]
    [InlineData(768)]
    public void Root_mean_square_norm(int size) => CheckNorm<RmsNorm>(size, isCentred: false);

    private static void CheckNorm<TNorm>(int size, bool isCentred)
        where TNorm : struct, INorm
    {
        Random random = new(size);
        foreach (VectorWidth width in VectorWidthPools.Widths)
        {
            double errors = 0;
            double sizes = 0;
            for (int row = 0; row < 100; row++)
            {
                float[] x = [.. Enumerable.Range(0, size).Select(_ => (float)((2 * Normal(random)) + 0.3))];
                float[] gradient = [.. Enumerable.Range(0, size).Select(_ => (float)Normal(random))];
                float[] normalized = new float[size];
                float[] result = new float[size];
                float inverse = RowNorm.Normalize<TNorm>(x, 1e-5f, normalized, width);
                RowNorm.TaylorDifference<TNorm>(normalized, inverse, gradient, (float)Scale, result, accumulate: false, width);
                double[] before = Normalize([.. x.Select(value => (double)value)], isCentred);
                double[] after = Normalize([.. x.Select((value, index) => value + (gradient[index] / Scale))], isCentred);
                for (int index = 0; index < size; index++)
                {
                    double expected = Scale * (after[index] - before[index]);
                    errors += (result[index] - expected) * (result[index] - expected);
                    sizes += expected * expected;
                }
            }

            Assert.InRange(Math.Sqrt(errors / sizes), 0, 1e-7);
        }
    }

    private static float Moved<TActivation>(float z, float g)
        where TActivation : struct, IActivation =>
        TActivation.Evaluate(new Moved<Number<float>>(new(z), new(g), new((float)(1 / Scale)), new((float)Scale))).Change.Value;

    private static (float[] Z, float[] Gradient) Arguments()
    {
        Random random = new(1);
        return (
            [.. Enumerable.Range(0, Count).Select(_ => (float)(3 * Normal(random)))],
            [.. Enumerable.Range(0, Count).Select(_ => (float)(Normal(random) * Math.Pow(10, (4 * random.NextDouble()) - 2)))]);
    }

    private static double Error(Func<int, double> actual, Func<int, double> expected)
    {
        double errors = 0;
        double sizes = 0;
        for (int index = 0; index < Count; index++)
        {
            double right = expected(index);
            errors += (actual(index) - right) * (actual(index) - right);
            sizes += right * right;
        }

        return Math.Sqrt(errors / sizes);
    }

    private static double[] Normalize(double[] x, bool isCentred)
    {
        double mean = isCentred ? x.Average() : 0;
        double deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + 1e-5);
        return [.. x.Select(value => (value - mean) / deviation)];
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Attention;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Formulas;

namespace TinT.Runtime.Tests.Cpu;

/// <summary>
/// Values so large, so small and so far apart that each step of an algorithm that keeps it from overflowing matters, at every place of a row: in
/// whole pairs of vectors, in the second vector of a pair, and in what is left at the end.
/// </summary>
public sealed class ExtremeValueTests
{
    private const double Rounding = 1.0 / (1 << 24);

    /// <summary>Two pairs of the longest vectors and more.</summary>
    private const int Longest = 70;

    /// <summary>Of a logarithm of a sum of exponentials and of probabilities: each exponential is good to two units in the last place, and at most 70 are summed in eight lanes or fewer.</summary>
    private const double SumError = 32 * Rounding;

    /// <summary>How far an element is above the others: exp of it overflows, by little and by far.</summary>
    public static TheoryData<float> Heights => new(100f, 1e4f);

    [Theory, MemberData(nameof(Heights))]
    public void Softmax_has_the_largest_logit_wherever_it_is(float height)
    {
        foreach (VectorWidth width in VectorWidthPools.Widths)
        {
            for (int classes = 1; classes <= Longest; classes++)
            {
                for (int place = 0; place < classes; place++)
                {
                    float[] logits = Row(classes, place, height);
                    int target = (place + 1) % classes;
                    double expected = Loss(logits, target);

                    Assert.Equal(expected, SoftmaxLoss.Loss(logits, target, width), SumError);
                    Assert.Equal(expected, SoftmaxLoss.Softmax(logits, target, width), SumError);
                    Assert.Equal(classes == 1 ? 1f : logits.Max(), logits[place]);
                    Assert.InRange(logits.Sum(probability => (double)probability), 1 - SumError, 1 + SumError);
                }
            }
        }
    }

    [Theory, MemberData(nameof(Heights))]
    public void Cross_entropy_of_a_product_has_the_largest_logit_wherever_it_is(float height)
    {
        // One input of 1 or −1 for each token: the logits are the weights or their opposites, whose largest then is another one.
        const int Tokens = 19;
        GuardedMatrix x = new(Tokens, 1);
        for (int token = 0; token < Tokens; token++)
            x.View.Row(token)[0] = token % 3 == 1 ? -1 : 1;
        int[] rows = [.. Enumerable.Range(0, Tokens)];
        VectorWidthPools.ForEach(workers =>
        {
            foreach (int classes in new[] { 1, 2, 3, 5, 6, 7, 23, 24, 25, 31, 49, 97 })
            {
                for (int place = 0; place < classes; place++)
                {
                    float[] weights = Row(classes, place, height);
                    weights[(place + (classes / 2)) % classes] -= classes > 1 ? 2 * height : 0;
                    GuardedMatrix w = new(classes, 1);
                    for (int index = 0; index < classes; index++)
                        w.View.Row(index)[0] = weights[index];
                    int[] targets = [.. rows.Select(row => (place + row) % classes)];
                    float[] losses = new float[Tokens];

                    SoftmaxLoss.OfLinear(workers, x.View, rows, w.View, default, targets, losses);

                    // Losses are up to three times the height, rounded to single precision.
                    for (int token = 0; token < Tokens; token++)
                        Assert.Equal(
                            Loss([.. weights.Select(weight => weight * x[token, 0])], targets[token]), losses[token], SumError + (3 * (height + 1) * Rounding));
                }
            }
        });
    }

    [Theory, MemberData(nameof(Heights))]
    public void Attention_has_the_largest_score_wherever_it_is(float height)
    {
        // Queries of 1 make the scores the keys. From the key with the high score on, a query sees nothing but it.
        const int Tokens = Longest;
        Random random = new(4);
        GuardedMatrix q = new(Tokens, 1);
        GuardedMatrix v = GuardedMatrix.Random(random, Tokens, 1);
        GuardedMatrix gradient = GuardedMatrix.Random(random, Tokens, 1);
        for (int token = 0; token < Tokens; token++)
            q.View.Row(token)[0] = 1;
        VectorWidthPools.ForEach(workers =>
        {
            for (int place = 0; place < Tokens; place++)
            {
                GuardedMatrix k = new(Tokens, 1);
                float[] keys = Row(Tokens, place, height);
                for (int token = 0; token < Tokens; token++)
                    k.View.Row(token)[0] = keys[token];
                GuardedMatrix output = new(Tokens, 1);
                GuardedMatrix toValues = new(Tokens, 1);
                GuardedMatrix toQueries = new(Tokens, 1);
                GuardedMatrix toKeys = new(Tokens, 1);

                CausalAttention.Forward(workers, q.View, k.View, v.View, output.View, new AttentionForm(1), AttentionMask.None);
                CausalAttention.BackwardExact(
                    workers, q.View, k.View, v.View, gradient.View, toQueries.View, toKeys.View, toValues.View, new AttentionForm(1), AttentionMask.None, 0, Tokens);

                double toTheHigh = 0;
                for (int token = 0; token < Tokens; token++)
                {
                    // Weights as above, of values up to 1, of which at most 70 are summed.
                    Assert.Equal(ExpectedOutput(keys, v, token), output[token, 0], SumError + (Tokens * Rounding));
                    toTheHigh += token >= place ? gradient[token, 0] : 0;
                    Assert.True(
                        float.IsFinite(toValues[token, 0]) && float.IsFinite(toQueries[token, 0]) && float.IsFinite(toKeys[token, 0]), $"{place}, {token}");

                    // exp(−100 + 2), 69 times, or 0.
                    if (token > place)
                        Assert.InRange(Math.Abs(toValues[token, 0]), 0, 1e-40);
                }

                Assert.Equal(toTheHigh, toValues[place, 0], Tokens * Tokens * Rounding);
            }
        });
    }

    /// <summary>Variances from far below ε to the end of what a row's squares can be.</summary>
    [Theory]
    [InlineData(1e-15f, 0f)]
    [InlineData(1e-15f, 1e-5f)]
    [InlineData(1e-3f, 1e-5f)]
    [InlineData(1e4f, 1e-5f)]
    [InlineData(1e15f, 1e-5f)]
    [InlineData(1e15f, 0f)]
    public void Norms_of_every_length_agree_with_double(float size, float epsilon)
    {
        foreach (VectorWidth width in VectorWidthPools.Widths)
        {
            for (int length = 1; length <= Longest; length++)
            {
                Random random = new(length);
                float[] x = [.. Enumerable.Range(0, length).Select(_ => size * ((2 * random.NextSingle()) - 1))];
                float[] normalized = new float[length];
                float inverse = RowNorm.Normalize<LayerNorm>(x, epsilon, normalized, width);
                if (length == 1)
                {
                    // The only element is the mean: without ε its deviation is 0, and 0 / 0 is not a number.
                    Assert.Equal(epsilon == 0 ? float.NaN : 0f, normalized[0]);
                    Assert.Equal(1 / MathF.Sqrt(epsilon), inverse);
                    continue;
                }

                double mean = x.Average(value => (double)value);
                double variance = x.Average(value => (value - mean) * (value - mean));
                double expected = 1 / Math.Sqrt(variance + epsilon);
                Assert.InRange(inverse, expected * (1 - ((length + 8) * Rounding)), expected * (1 + ((length + 8) * Rounding)));
                for (int index = 0; index < length; index++)
                    Assert.Equal((x[index] - mean) * expected, normalized[index], (length + 16) * Rounding * Math.Max(1, size * expected));

                float[] gradient = [.. Enumerable.Range(0, length).Select(_ => (2 * random.NextSingle()) - 1)];
                float[] result = new float[length];
                RowNorm.TaylorDifference<LayerNorm>(normalized, inverse, gradient, 1000f, result, accumulate: false, width);
                double[] slopes = Derivative(normalized, inverse, gradient);

                // The difference is the derivative and a term of second order, r² / N times elements of x̂, which are up to √70.
                for (int index = 0; index < length; index++)
                    Assert.Equal(slopes[index], result[index], ((length + 16) * Rounding * expected) + (8e-3 * expected * expected));
            }
        }
    }

    [Theory, MemberData(nameof(ActivationTests.Names), MemberType = typeof(ActivationTests))]
    public void Activations_of_rows_of_every_length_have_their_limits(string name)
    {
        foreach (VectorWidth width in VectorWidthPools.Widths)
        {
            for (int length = 1; length <= Longest; length++)
            {
                for (int place = 0; place < length; place++)
                {
                    foreach (float extreme in new[] { 1e4f, -1e4f, 3e38f, -3e38f })
                    {
                        float[] z = new float[length];
                        z[place] = extreme;
                        float[] s = new float[length];
                        float[] slopes = new float[length];
                        float[] gradient = new float[length];
                        gradient[place] = 2;
                        ActivationTests.Forward(name, z, s, width);
                        ActivationTests.Difference(name, z, gradient, 1000f, slopes, width);

                        for (int index = 0; index < length; index++)
                        {
                            Assert.Equal(index == place ? Math.Max(0, extreme) : 0f, s[index] + 0f);
                            Assert.Equal(index == place && extreme > 0 ? 2f : 0f, slopes[index] + 0f);
                        }
                    }
                }
            }
        }
    }

    /// <summary>Both ways to cut the weights into units, biases and gains.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(70, 33)]
    [InlineData(40, 1200)]
    [InlineData(300, 260)]
    public void A_descent_without_rows_copies_what_it_would_change(int inputs, int outputs)
    {
        GuardedMatrix weights = GuardedMatrix.Random(new Random(inputs), outputs, inputs, gap: 3);
        GuardedMatrix bias = GuardedMatrix.Random(new Random(outputs), 1, outputs);
        MatrixView noGradients = new GuardedMatrix(0, outputs).View;
        VectorWidthPools.ForEach(workers =>
        {
            GuardedMatrix updated = GuardedMatrix.Random(new Random(1), outputs, inputs, gap: 1);
            MatrixProduct.LinearDescent(workers, noGradients, new GuardedMatrix(0, inputs).View, 1f, weights.View, updated.View);
            Assert.Equal(weights.ToArray(), updated.ToArray());

            GuardedMatrix updatedBias = GuardedMatrix.Random(new Random(2), 1, outputs);
            MatrixProduct.BiasDescent(workers, noGradients, 1f, bias.Vector, updatedBias.Vector);
            Assert.Equal(bias.ToArray(), updatedBias.ToArray());

            GuardedMatrix updatedGain = GuardedMatrix.Random(new Random(3), 1, outputs);
            MatrixProduct.GainDescent(workers, noGradients, new GuardedMatrix(0, outputs).View, 1f, bias.Vector, updatedGain.Vector);
            Assert.Equal(bias.ToArray(), updatedGain.ToArray());
        });
    }

    /// <summary>Elements between −1 and 1 with one far above them.</summary>
    private static float[] Row(int length, int place, float height)
    {
        Random random = new((length * 1000) + place);
        float[] row = [.. Enumerable.Range(0, length).Select(_ => (2 * random.NextSingle()) - 1)];
        row[place] += height;
        return row;
    }

    private static double Loss(float[] logits, int target)
    {
        double largest = logits.Max();
        return Math.Log(logits.Sum(logit => Math.Exp(logit - largest))) + largest - logits[target];
    }

    private static double ExpectedOutput(float[] keys, GuardedMatrix v, int query)
    {
        double largest = keys.Take(query + 1).Max();
        double[] weights = [.. keys.Take(query + 1).Select(key => Math.Exp(key - largest))];
        double sum = weights.Sum();
        return weights.Select((weight, key) => weight / sum * v[key, 0]).Sum();
    }

    /// <summary>(γ − mean γ − x̂ mean(x̂ γ)) r.</summary>
    private static double[] Derivative(float[] normalized, float inverse, float[] gradient)
    {
        double mean = gradient.Average(value => (double)value);
        double product = normalized.Zip(gradient).Average(pair => (double)pair.First * pair.Second);
        return [.. normalized.Zip(gradient).Select(pair => (pair.Second - mean - (pair.First * product)) * inverse)];
    }
}

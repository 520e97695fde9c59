using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Tests.Cpu;

public class SoftmaxLossTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(77)]
    [InlineData(1025)]
    [InlineData(50257)]
    public void Probabilities_and_losses_agree_with_double(int classes)
    {
        Random random = new(classes);
        float[] logits = [.. Enumerable.Range(0, classes).Select(_ => 20 * (random.NextSingle() - 0.5f))];
        double largest = logits.Max();
        double sum = logits.Sum(logit => Math.Exp(logit - largest));
        int target = classes / 2;
        double loss = Math.Log(sum) - (logits[target] - largest);
        foreach (VectorWidth width in VectorWidthPools.Widths)
        {
            // An exponential is good to 1 unit, the shifted logit (at most 20) to ½ unit of 16; parts of 64 vectors are summed in float.
            const double Relative = 1e-6 + (64.0 / (1 << 24));
            Assert.InRange(SoftmaxLoss.Loss(logits, target, width), loss - Relative, loss + Relative);
            float[] probabilities = [.. logits];
            Assert.InRange(SoftmaxLoss.Softmax(probabilities, target, width), loss - Relative, loss + Relative);
            for (int index = 0; index < classes; index++)
            {
                double expected = Math.Exp(logits[index] - largest) / sum;
                Assert.InRange(probabilities[index], expected * (1 - (2 * Relative)), expected * (1 + (2 * Relative)));
            }
        }
    }

    [Fact]
    public void Logits_far_apart_neither_overflow_nor_give_not_a_number()
    {
        float[] logits = [1e4f, -1e4f, 0f];
        Assert.Equal(20_000, SoftmaxLoss.Loss(logits, 1));
        Assert.Equal(10_000, SoftmaxLoss.Softmax(logits, 2));
        Assert.Equal([1f, 0f, 0f], logits);
    }

    [Fact]
    public void A_class_that_does_not_exist_is_refused()
    {
        Assert.Equal("target", Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxLoss.Loss(new float[3], 3)).ParamName);
        Assert.Equal("target", Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxLoss.Softmax(new float[3], -1)).ParamName);
    }
}

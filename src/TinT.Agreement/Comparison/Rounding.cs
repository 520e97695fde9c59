namespace TinT.Agreement.Comparison;

/// <summary>
/// How far two engines may be from each other because one of them rounds. The tolerance of an update is relative to it and consists of
/// what rounding does to the update and of what it does to the logits or weights that the update is a difference of.
/// </summary>
/// <param name="Logits">Error of a logit relative to the rms of the logits.</param>
/// <param name="LogitUpdate">Error of the change of logits, relative to it.</param>
/// <param name="WeightUpdate">Error of the change of a weight tensor, relative to it.</param>
/// <param name="Weight">Error of a weight at each step, relative to the largest weight of its tensor.</param>
public sealed record Rounding(double Logits, double LogitUpdate, double WeightUpdate, double Weight)
{
    /// <summary>
    /// Single precision, 6e-8 at each operation: products one behind the other reach some 5e-7 of the logits and 4e-5 of a weight
    /// tensor whose gradients nearly cancel (the worst of the authors' cases); half a unit in the last place of the weights at each step.
    /// </summary>
    public static Rounding OfSingles { get; } = new(1e-6, 5e-6, 5e-5, Math.Pow(2, -24));

    /// <summary>
    /// Single precision on GPUs, where exp is an instruction that is off by some 2e-7 (two units in the last place) and sums are cut
    /// into tiles in another order: twice what the processor may, and four times where gradients nearly cancel (the worst of
    /// the authors' cases reaches 1.3e-4 with exact instructions).
    /// </summary>
    public static Rounding OfGpus { get; } = new(2e-6, 1e-5, 2e-4, Math.Pow(2, -24));

    /// <summary>Double precision, 1e-16 at each operation, of which the differences N·(f(x + g/N) − f(x)) lose a factor N and a little more.</summary>
    /// <param name="taylorScale">N.</param>
    public static Rounding OfDoubles(double taylorScale)
    {
        double difference = 1e-9 * Math.Max(1, taylorScale / 1000);
        return new Rounding(1e-13, difference, difference, Math.Pow(2, -53));
    }
}

namespace TinT.Tests.Common;

/// <summary>Distances between what was computed and what was expected, the latter in double.</summary>
public static class Difference
{
    /// <summary>rms(ours − after) / rms(after − before): the error of an update relative to the update.</summary>
    /// <param name="ours">What was computed.</param>
    /// <param name="after">Expected values after the update.</param>
    /// <param name="before">Expected values before the update.</param>
    public static double OfUpdate(IReadOnlyList<double> ours, IReadOnlyList<double> after, IReadOnlyList<double> before) =>
        Norm(ours.Count, index => ours[index] - after[index]) / Norm(after.Count, index => after[index] - before[index]);

    /// <summary>rms(ours − expected) / rms(expected).</summary>
    /// <param name="ours">What was computed.</param>
    /// <param name="expected">What was expected.</param>
    public static double Relative(IReadOnlyList<double> ours, IReadOnlyList<double> expected) =>
        Norm(ours.Count, index => ours[index] - expected[index]) / Norm(expected.Count, index => expected[index]);

    /// <summary>max |ours − expected|.</summary>
    /// <param name="ours">What was computed.</param>
    /// <param name="expected">What was expected.</param>
    public static double Largest(IReadOnlyList<double> ours, IReadOnlyList<double> expected)
    {
        Assert.Equal(expected.Count, ours.Count);
        return Enumerable.Range(0, ours.Count).Max(index => Math.Abs(ours[index] - expected[index]));
    }

    /// <summary>Widens single-precision values.</summary>
    /// <param name="values">The values.</param>
    public static double[] Widen(IEnumerable<float> values) => [.. values.Select(value => (double)value)];

    private static double Norm(int count, Func<int, double> value) =>
        Math.Sqrt(Enumerable.Range(0, count).Sum(index => value(index) * value(index)));
}

namespace TinT.Reports.InContext;

/// <summary>Accuracies of one row and column over seeds.</summary>
/// <param name="Values">One for each seed; NaN for a diverged run.</param>
public sealed record Accuracy(IReadOnlyList<double> Values)
{
    /// <summary>Seeds whose run diverged.</summary>
    public int Diverged => Values.Count(double.IsNaN);

    /// <summary>Mean over the seeds that did not diverge.</summary>
    public double Mean => Finite.Length == 0 ? double.NaN : Finite.Average();

    /// <summary>Standard deviation over them, of the population: ÷ n.</summary>
    public double Spread => Finite.Length == 0 ? double.NaN : Math.Sqrt(Finite.Average(value => (value - Mean) * (value - Mean)));

    private double[] Finite => [.. Values.Where(value => !double.IsNaN(value))];

    /// <summary>The accuracy of each seed over several columns.</summary>
    /// <param name="columns">The columns, each with as many seeds.</param>
    public static Accuracy MeanOf(IReadOnlyList<Accuracy> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return new Accuracy([.. Enumerable.Range(0, columns.Max(column => column.Values.Count)).Select(
            seed => columns.Average(column => column.Values[Math.Min(seed, column.Values.Count - 1)]))]);
    }
}

namespace TinT.Evaluation.Perplexity;

/// <summary>Losses of the same blocks under one method and setting, in nats.</summary>
internal sealed class BlockLosses
{
    private readonly double[] totals;
    private readonly int scoredTokens;

    /// <summary>Takes the losses of blocks.</summary>
    /// <param name="totals">Sum over the scored tokens of each block.</param>
    /// <param name="scoredTokens">Scored tokens in each block.</param>
    public BlockLosses(double[] totals, int scoredTokens)
    {
        this.totals = totals;
        this.scoredTokens = scoredTokens;
    }

    /// <summary>Mean loss in nats per scored token.</summary>
    public double Mean => totals.Sum() / ((double)totals.Length * scoredTokens);

    /// <summary>exp of <see cref="Mean"/>: infinite or NaN if a loss is.</summary>
    public double Perplexity => Math.Exp(Mean);

    /// <summary>Blocks with a loss that is not finite.</summary>
    public int NonFiniteBlocks => totals.Count(total => !double.IsFinite(total));

    /// <summary>Improvement over other losses of the same blocks, or <see langword="null"/> if either perplexity is not finite.</summary>
    public RelativeImprovement? ImprovementOver(BlockLosses auxiliary)
    {
        if (!double.IsFinite(Perplexity) || !double.IsFinite(auxiliary.Perplexity))
            return null;
        double[] differences = new double[totals.Length];
        for (int block = 0; block < differences.Length; block++)
            differences[block] = (totals[block] - auxiliary.totals[block]) / scoredTokens;
        double mean = differences.Average();
        if (differences.Length < 2)
            return new RelativeImprovement(ToPercent(mean), null, null);

        double squares = differences.Sum(difference => (difference - mean) * (difference - mean));
        double standardError = Math.Sqrt(squares / ((differences.Length - 1.0) * differences.Length));
        double margin = StudentDistribution.Quantile975(differences.Length - 1) * standardError;
        return new RelativeImprovement(ToPercent(mean), ToPercent(mean + margin), ToPercent(mean - margin));
    }

    private static double ToPercent(double difference) => 100 * (1 - Math.Exp(difference));
}

namespace TinT.Evaluation.Perplexity;

/// <summary>Losses of the blocks under one method, fraction and learning rate.</summary>
internal sealed class BlockLosses
{
    private readonly double[] totals;
    private readonly int scoredTokens;
    private double sum;
    private int count;

    /// <summary>Creates losses of no block yet.</summary>
    /// <param name="blockCount">Blocks.</param>
    /// <param name="scoredTokens">Scored tokens in each block.</param>
    public BlockLosses(int blockCount, int scoredTokens)
    {
        totals = new double[blockCount];
        this.scoredTokens = scoredTokens;
    }

    /// <summary>Mean loss in nats per scored token of the blocks so far.</summary>
    public double Mean => sum / ((double)count * scoredTokens);

    /// <summary>exp of <see cref="Mean"/>: infinite or NaN if a loss is.</summary>
    public double Perplexity => Math.Exp(Mean);

    /// <summary>Blocks with a loss that is not finite.</summary>
    public int NonFiniteBlocks => totals.Count(total => !double.IsFinite(total));

    /// <summary>Sets the loss of a block, once, from the losses of its tokens, [T]; the scored ones are the last.</summary>
    public void Set(int block, ReadOnlySpan<float> tokenLosses)
    {
        double total = 0;
        foreach (float loss in tokenLosses[^scoredTokens..])
            total += loss;
        totals[block] = total;
        sum += total;
        count++;
    }

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

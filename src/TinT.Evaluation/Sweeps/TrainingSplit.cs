namespace TinT.Evaluation.Sweeps;

/// <summary>Splits every block into a first part to train on and the rest, which is scored.</summary>
/// <param name="TrainFraction">Part of a block to train on.</param>
/// <param name="TrainingTokens">Tokens of a block to train on: ⌊fraction · T⌋ of the fraction as written in decimal, so that 0.29 · 100 is 29.</param>
/// <param name="ScoredTokens">Tokens of a block that are scored: T − <paramref name="TrainingTokens"/>.</param>
public sealed record TrainingSplit(double TrainFraction, int TrainingTokens, int ScoredTokens)
{
    /// <summary>The split of blocks of a size.</summary>
    /// <param name="trainFraction">Above 0 and below 1.</param>
    /// <param name="blockSize">Tokens in a block, T.</param>
    /// <exception cref="EvaluationException">The fraction is out of range, or leaves a part without tokens.</exception>
    public static TrainingSplit Create(double trainFraction, int blockSize)
    {
        Sweep.CheckFraction(trainFraction);
        // A fraction that rounds to 0 or 1 as a decimal leaves one part empty and is refused below.
        int trainingTokens = (int)decimal.Floor((decimal)trainFraction * blockSize);
        if (trainingTokens < 1 || trainingTokens >= blockSize)
        {
            throw new EvaluationException(FormattableString.Invariant(
                $"Training fraction {trainFraction} of {blockSize} tokens leaves {trainingTokens} to train on and {blockSize - trainingTokens} to score; both need at least one. Choose another fraction or larger blocks."));
        }

        return new TrainingSplit(trainFraction, trainingTokens, blockSize - trainingTokens);
    }

    /// <summary>The training mask of a batch, [B, T]: 1 for the tokens to train on, else 0.</summary>
    /// <param name="batchSize">Blocks B.</param>
    public float[] CreateTrainingMask(int batchSize)
    {
        int blockSize = TrainingTokens + ScoredTokens;
        float[] mask = new float[batchSize * blockSize];
        for (int block = 0; block < batchSize; block++)
            mask.AsSpan(block * blockSize, TrainingTokens).Fill(1);
        return mask;
    }
}

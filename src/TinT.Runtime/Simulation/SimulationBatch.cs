namespace TinT.Runtime.Simulation;

/// <summary>Sequences to simulate, all of one length. Arrays are row-major and not copied.</summary>
public sealed class SimulationBatch
{
    /// <summary>Creates a batch.</summary>
    /// <param name="batchSize">Sequences B.</param>
    /// <param name="tokenCount">Tokens T in each sequence.</param>
    /// <param name="inputIds">Token ids, [B, T].</param>
    /// <param name="trainingMask">1 where a token belongs to the training part, else 0, [B, T].</param>
    /// <exception cref="SimulationInputException">A size is not positive, or an array's length does not fit.</exception>
    public SimulationBatch(int batchSize, int tokenCount, int[] inputIds, float[] trainingMask)
    {
        ArgumentNullException.ThrowIfNull(inputIds);
        ArgumentNullException.ThrowIfNull(trainingMask);
        if (batchSize < 1 || tokenCount < 1)
            throw new SimulationInputException($"A batch needs at least one sequence of one token, not {batchSize} of {tokenCount}.");
        BatchSize = batchSize;
        TokenCount = tokenCount;
        InputIds = inputIds;
        TrainingMask = trainingMask;
        CheckLength(inputIds.Length, (long)batchSize * tokenCount, "input_ids", "[B, T]");
        CheckLength(trainingMask.Length, (long)batchSize * tokenCount, "training_mask", "[B, T]");
    }

    /// <summary>Sequences B.</summary>
    public int BatchSize { get; }

    /// <summary>Tokens T in each sequence.</summary>
    public int TokenCount { get; }

    /// <summary>Token ids, [B, T].</summary>
    public int[] InputIds { get; }

    /// <summary>1 where a token belongs to the training part, else 0, [B, T].</summary>
    public float[] TrainingMask { get; }

    /// <summary>Optional factor of the loss gradient of target t, [B, T]; row t−1 of the gradient is multiplied by entry t.</summary>
    /// <exception cref="SimulationInputException">The length does not fit.</exception>
    public float[]? GradientMask
    {
        get;
        init => field = Checked(value, (long)BatchSize * TokenCount, "gradient_mask", "[B, T]");
    }

    /// <summary>Optional attention mask, [B, T, T]: 0 at (i, j) forbids token i to attend to token j ≤ i.</summary>
    /// <exception cref="SimulationInputException">The length does not fit.</exception>
    public float[]? IclMask
    {
        get;
        init => field = Checked(value, (long)BatchSize * TokenCount * TokenCount, "icl_mask", "[B, T, T]");
    }

    /// <summary>Optional positions that replace 0 … T−1 in the position table, [B, T].</summary>
    /// <exception cref="SimulationInputException">The length does not fit.</exception>
    public int[]? PositionIds
    {
        get;
        init
        {
            if (value is not null)
                CheckLength(value.Length, (long)BatchSize * TokenCount, "position_ids", "[B, T]");
            field = value;
        }
    }

    private static float[]? Checked(float[]? values, long expected, string name, string shape)
    {
        if (values is not null)
            CheckLength(values.Length, expected, name, shape);
        return values;
    }

    private static void CheckLength(int length, long expected, string name, string shape)
    {
        if (length != expected)
            throw new SimulationInputException($"{name} must have {expected} elements, {shape}, not {length}.");
    }
}

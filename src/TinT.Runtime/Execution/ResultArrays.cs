using TinT.Runtime.Simulation;

namespace TinT.Runtime.Execution;

/// <summary>What a run on the CPU hands to its caller, while it is computed: every sequence writes its own part.</summary>
internal sealed class ResultArrays
{
    private readonly SimulationBatch batch;
    private readonly RunOptions options;
    private readonly int vocabulary;
    private readonly int logitRows;
    private readonly float[]? logitsBefore;
    private readonly float[]? logitsAfter;
    private readonly float[] lossesBefore;
    private readonly float[] lossesAfter;
    private readonly IReadOnlyList<WeightUpdate>[] updates;

    /// <summary>Allocates them.</summary>
    /// <param name="batch">The batch, checked.</param>
    /// <param name="options">What the caller wants.</param>
    /// <param name="vocabulary">Columns of logits.</param>
    /// <param name="before">Where scores before go; <see langword="null"/> for arrays of its own.</param>
    /// <exception cref="SimulationInputException">The logits do not fit an array.</exception>
    public ResultArrays(SimulationBatch batch, RunOptions options, int vocabulary, ResultArrays? before = null)
    {
        this.batch = batch;
        this.options = options;
        this.vocabulary = vocabulary;
        int rows = batch.BatchSize * batch.TokenCount;
        logitRows = options.CountLogitRows(batch.TokenCount);
        logitsBefore = before is not null ? before.logitsBefore : options.Logits ? AllocateLogits(batch.BatchSize * logitRows, vocabulary) : null;
        logitsAfter = options.Logits ? AllocateLogits(batch.BatchSize * logitRows, vocabulary) : null;
        lossesBefore = before?.lossesBefore ?? new float[rows];
        lossesAfter = new float[rows];
        updates = options.WeightUpdates ? new IReadOnlyList<WeightUpdate>[batch.BatchSize] : [];
    }

    /// <summary>Whether the caller wants to know how weights changed.</summary>
    public bool WantsUpdates => options.WeightUpdates;

    /// <summary>Gives a sequence its parts to write.</summary>
    public void Open(SequenceRun run)
    {
        run.LogitsBefore = PartOf(logitsBefore, run, logitRows * vocabulary);
        run.LogitsAfter = PartOf(logitsAfter, run, logitRows * vocabulary);
        run.FirstLogitRow = batch.TokenCount - logitRows;
        run.LossesBefore = PartOf(lossesBefore, run, batch.TokenCount);
        run.LossesAfter = PartOf(lossesAfter, run, batch.TokenCount);
        run.RecordedLosses = options.Losses;
    }

    /// <summary>Takes the changes of weights of a sequence.</summary>
    public void SetUpdates(SequenceRun run, IReadOnlyList<WeightUpdate> changes) => updates[run.Sequence] = changes;

    /// <summary>The result, once all sequences have run.</summary>
    public SimulationResult ToResult()
    {
        SequenceLosses.Keep<float>(batch, lossesBefore, options.Losses);
        SequenceLosses.Keep<float>(batch, lossesAfter, options.Losses);
        return new SimulationResult
        {
            BatchSize = batch.BatchSize,
            TokenCount = batch.TokenCount,
            VocabularySize = vocabulary,
            LogitsBefore = logitsBefore,
            LogitsAfter = logitsAfter,
            TokenLossesBefore = lossesBefore,
            TokenLossesAfter = lossesAfter,
            LossesBefore = SequenceLosses.Mean<float>(batch, lossesBefore),
            LossesAfter = SequenceLosses.Mean<float>(batch, lossesAfter),
            WeightUpdates = updates,
        };
    }

    /// <summary>The result of a forward pass, once all sequences have run.</summary>
    public ScoreResult ToScore()
    {
        SequenceLosses.Keep<float>(batch, lossesAfter, options.Losses);
        return new ScoreResult
        {
            BatchSize = batch.BatchSize,
            TokenCount = batch.TokenCount,
            VocabularySize = vocabulary,
            Logits = logitsAfter,
            TokenLosses = lossesAfter,
            Losses = SequenceLosses.Mean<float>(batch, lossesAfter),
        };
    }

    private static Memory<float> PartOf(float[]? values, SequenceRun run, int length) =>
        values is null ? default : values.AsMemory(run.Sequence * length, length);

    private static float[] AllocateLogits(int rows, int vocabulary)
    {
        long length = (long)rows * vocabulary;
        if (length > Array.MaxLength)
        {
            throw new SimulationInputException(FormattableString.Invariant(
                $"Logits of {rows} tokens over {vocabulary} ids are more than one array holds; set RunOptions.Logits to false or run fewer sequences at once."));
        }

        return GC.AllocateUninitializedArray<float>((int)length);
    }
}

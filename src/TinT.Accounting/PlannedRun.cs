using TinT.Compiler.Specs;
using TinT.Model.Runs;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Accounting;

/// <summary>The run that is accounted for.</summary>
/// <param name="Tokens">Tokens T in each sequence.</param>
/// <param name="TrainingTokens">The first R of them are the training part.</param>
/// <param name="BatchSize">Sequences B.</param>
/// <param name="Steps">Inner steps.</param>
/// <param name="TrainedLayers">Trained layers: the top ones.</param>
public sealed record PlannedRun(int Tokens, int TrainingTokens, int BatchSize, int Steps, int TrainedLayers)
{
    /// <summary>How the compiled simulator stores the matrices of the auxiliary model on the processor.</summary>
    public WeightStorage Weights { get; init; }

    /// <summary>What the compiled simulator does for one sequence, in order.</summary>
    /// <param name="layers">Layers of the auxiliary model.</param>
    internal IEnumerable<RoutineCall> Calls(int layers) => RunSchedule.Of(layers, TrainedLayers, Steps, trains: TrainingTokens > 0);

    /// <summary>A run of a spec, with its steps and trained layers.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="tokens">Tokens in each sequence; <see langword="null"/> for the context length.</param>
    /// <param name="trainingTokens">Tokens of the training part; <see langword="null"/> for half of the tokens.</param>
    /// <param name="batchSize">Sequences.</param>
    /// <exception cref="PlannedRunException">A number is less than it can be or more than the model or the sequence holds.</exception>
    public static PlannedRun Of(ModelSpec spec, int? tokens = null, int? trainingTokens = null, int batchSize = 1)
    {
        ArgumentNullException.ThrowIfNull(spec);
        int context = spec.Auxiliary.MaxPositionEmbeddings;
        int length = tokens ?? context;
        int training = trainingTokens ?? length / 2;
        if (length < 1)
            throw new PlannedRunException(FormattableString.Invariant($"A sequence has at least 1 token, not {length}."));
        if (length > context)
            throw new PlannedRunException(
                FormattableString.Invariant($"{spec.Model} has a context of {context} tokens; {length} do not fit. Plan at most {context}."));
        if (training < 0 || training > length)
            throw new PlannedRunException(
                FormattableString.Invariant($"Of {length} tokens {training} cannot be the training part. Plan 0 to {length} training tokens."));
        if (batchSize < 1)
            throw new PlannedRunException(FormattableString.Invariant($"A batch has at least 1 sequence, not {batchSize}."));
        return new PlannedRun(length, training, batchSize, spec.Training.Steps, spec.Training.Layers);
    }
}

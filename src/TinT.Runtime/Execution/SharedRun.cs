using TinT.Model;
using TinT.Model.Runs;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Execution;

/// <summary>Several inner trainings of one batch that share passes: what they train, in which order, and where results go.</summary>
internal sealed class SharedRun
{
    private readonly ResultArrays[] results;
    private readonly SimulationBatch[] batches;

    private SharedRun(SharedSchedule schedule, SimulationBatch[] batches, ResultArrays[] results)
    {
        Schedule = schedule;
        this.batches = batches;
        this.results = results;
        MostTrainings = schedule.Trainings.GroupBy(training => training.Split).Max(split => split.Count());
        Rates = [.. schedule.Trainings.Select(training => (float)training.LearningRate)];
        FirstOfSplit = [.. Enumerable.Range(0, batches.Length).Select(split => schedule.Trainings.TakeWhile(training => training.Split != split).Count())];
    }

    /// <summary>The order.</summary>
    public SharedSchedule Schedule { get; }

    /// <summary>Trainings of the training part that has the most.</summary>
    public int MostTrainings { get; }

    /// <summary>The sequences; their masks are those of the first training part.</summary>
    public SimulationBatch Batch => batches[0];

    private float[] Rates { get; }

    private int[] FirstOfSplit { get; }

    /// <summary>Checks and lays out trainings.</summary>
    /// <param name="batch">The sequences.</param>
    /// <param name="settings">The trainings, at least one.</param>
    /// <param name="options">What to compute.</param>
    /// <param name="description">What is simulated.</param>
    /// <param name="keepsGradients">Whether what the backward pass makes is kept for several trainings.</param>
    /// <exception cref="SimulationInputException">The batch, a setting or the options do not fit the model.</exception>
    public static SharedRun Create(
        SimulationBatch batch, IReadOnlyList<RunSetting> settings, RunOptions options, SimulatorDescription description, bool keepsGradients)
    {
        List<SimulationBatch> batches = [];
        ResultArrays[] results = new ResultArrays[settings.Count];
        Dictionary<(int Split, int Layers, double LearningRate), List<(int Steps, int Setting)>> trainings = [];
        Dictionary<int, int> firstOfSplit = [];
        for (int setting = 0; setting < settings.Count; setting++)
        {
            SimulationBatch own = settings[setting].Of(batch);
            int split = batches.FindIndex(other => HaveSameMasks(other, own));
            InnerTraining training = split < 0
                ? SimulationInput.Check(own, settings[setting].Of(options), description)
                : SimulationInput.CheckTraining(settings[setting].Of(options), description.Training);
            if (split < 0)
            {
                split = batches.Count;
                batches.Add(own);
                firstOfSplit.Add(split, setting);
            }

            int first = firstOfSplit[split];
            results[setting] = new ResultArrays(batches[split], options, description.Auxiliary.VocabularySize, first == setting ? null : results[first]);
            (int, int, double) key = (split, training.Layers, training.LearningRate);
            if (!trainings.TryGetValue(key, out List<(int Steps, int Setting)>? served))
                trainings.Add(key, served = []);
            served.Add((training.Steps, setting));
        }

        SharedTraining[] ordered =
        [
            .. trainings.OrderBy(pair => pair.Key.Split)
                .Select(pair => new SharedTraining(pair.Key.Split, pair.Key.Layers, pair.Key.LearningRate, [.. pair.Value.OrderBy(end => end.Steps)])),
        ];
        return new SharedRun(new SharedSchedule(description.Auxiliary.LayerCount, ordered, keepsGradients), [.. batches], results);
    }

    /// <summary>The batch with the masks of a training part.</summary>
    public SimulationBatch BatchOf(int split) => batches[split];

    /// <summary>Where the results of a setting go.</summary>
    public ResultArrays ResultsOf(int setting) => results[setting];

    /// <summary>Index of a training among those of its training part.</summary>
    public int PlaceOf(int training) => training - FirstOfSplit[Schedule.Trainings[training].Split];

    /// <summary>Learning rates of all trainings of the training part that begins with one.</summary>
    public ReadOnlySpan<float> RatesFrom(int training) =>
        Rates.AsSpan(training, Schedule.Trainings.Skip(training).TakeWhile(other => other.Split == Schedule.Trainings[training].Split).Count());

    /// <summary>The results, once all sequences have run.</summary>
    public SimulationResult[] ToResults() => [.. results.Select(result => result.ToResult())];

    private static bool HaveSameMasks(SimulationBatch one, SimulationBatch other) =>
        AreSame(one.TrainingMask, other.TrainingMask) && AreSame(one.GradientMask, other.GradientMask);

    private static bool AreSame(float[]? one, float[]? other) =>
        ReferenceEquals(one, other) || (one is not null && other is not null && one.AsSpan().SequenceEqual(other));
}

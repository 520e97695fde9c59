using System.ComponentModel;
using System.Runtime.CompilerServices;
using TinT.Model;
using TinT.Runtime.Cpu.Threads;
using TinT.Runtime.Parameters;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Execution;

/// <summary>What generated CPU simulators share: the weights, and the division of a batch among threads.</summary>
/// <remarks>
/// The threads share the work of each kernel, or each runs sequences of its own (<see cref="BatchDivision"/>); weights are there once. A run
/// allocates its results only.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CpuSimulator : ILearningSimulator
{
    private readonly ArenaPlan plan;
    private readonly SimulatorOptions options;
    private readonly List<CpuPasses> sideBySide = [];
    private CpuPasses? together;
    private bool disposed;

    /// <summary>Creates a simulator over loaded weights, which it owns from then on.</summary>
    /// <param name="description">What is simulated.</param>
    /// <param name="plan">Working memory.</param>
    /// <param name="parameters">Weights in the compiled layout.</param>
    /// <param name="options">Threads; <see langword="null"/> for the defaults.</param>
    protected CpuSimulator(SimulatorDescription description, ArenaPlan plan, ParameterStore parameters, SimulatorOptions? options)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(parameters);
        this.plan = plan;
        this.options = options ?? new SimulatorOptions();
        Description = description;
        Parameters = parameters;
        Workers = new Workers(this.options.Threads);
    }

    /// <inheritdoc/>
    public SimulatorDescription Description { get; }

    /// <inheritdoc/>
    public bool SharesPasses => true;

    /// <summary>Native memory that the simulator holds: all of it but the results of runs.</summary>
    public MemoryUse MemoryUse => AllPasses.Aggregate(
        new MemoryUse(Parameters.Weights.Length * sizeof(float), Updated: 0, Arena: 0, Mask: 0, Scratch: 0), (sum, passes) => sum.Plus(passes.MemoryUse));

    /// <summary>Weights as loaded.</summary>
    protected ParameterStore Parameters { get; }

    /// <summary>All threads.</summary>
    private Workers Workers { get; }

    private CpuPasses Together => together ??= CreatePasses(Workers);

    private IEnumerable<CpuPasses> AllPasses => together is null ? sideBySide : sideBySide.Prepend(together);

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The simulator was disposed of.</exception>
    public SimulationResult Run(SimulationBatch batch, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        options ??= new RunOptions();
        InnerTraining training = SimulationInput.Check(batch, options, Description);
        return Run(batch, training, RunPart.All, options).ToResult();
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The arena then also holds what the first pass keeps for all trainings, and copies of the hidden state. Results of settings with one training part
    /// share the arrays of what was before. Updated weights are handed out by <see cref="Run(SimulationBatch, RunOptions?)"/> alone: who asks for them gets a run for each setting.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The simulator was disposed of.</exception>
    public IReadOnlyList<SimulationResult> RunEach(SimulationBatch batch, IReadOnlyList<RunSetting> settings, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        SimulationInput.CheckSettings(settings);
        options ??= new RunOptions();
        if (settings.Count == 1 || options.WeightUpdates)
            return [.. settings.Select(setting => Run(setting.Of(batch), setting.Of(options)))];
        ObjectDisposedException.ThrowIf(disposed, this);
        bool dual = batch.TokenCount <= plan.DualTokens;
        SharedRun shared = SharedRun.Create(batch, settings, options, Description, keepsGradients: dual);
        ArenaForm form = plan.FormOf(batch.TokenCount, shared.Schedule.MostSteps, shared.Schedule.Copies * CpuPasses.CopyColumns(Description.Auxiliary));
        WorkingFloats memory = plan.WorkingFloats(form, Parameters.Table, shared.MostTrainings);
        RunGroups(new Several(shared, options.CancellationToken), BatchDivision.Of(batch.BatchSize, batch.TokenCount, dual, memory, this.options));
        return shared.ToResults();
    }

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The simulator was disposed of.</exception>
    public ScoreResult Score(SimulationBatch batch, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        options = (options ?? new RunOptions()) with { WeightUpdates = false, Steps = null, TrainedLayers = null, LearningRate = null };
        InnerTraining training = SimulationInput.Check(batch, options, Description) with { Steps = 1 };
        return Run(batch, training, RunPart.Score, options).ToScore();
    }

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The simulator was disposed of.</exception>
    public ILearningSimulator Learn(SimulationBatch batch, RunOptions? options = null)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.BatchSize != 1)
            throw new SimulationInputException(FormattableString.Invariant($"A model learns from one sequence at a time, not from {batch.BatchSize}."));
        options = (options ?? new RunOptions()) with { Logits = false, WeightUpdates = false };
        InnerTraining training = SimulationInput.Check(batch, options, Description);
        ResultArrays results = new(batch, options, Description.Auxiliary.VocabularySize);
        ParameterStore learned = Together.Learn(batch, training, results, options.CancellationToken);
        try
        {
            return CreateWith(learned, this.options);
        }
        catch
        {
            learned.Dispose();
            throw;
        }
    }

    private ResultArrays Run(SimulationBatch batch, InnerTraining training, RunPart part, RunOptions options)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ResultArrays results = new(batch, options, Description.Auxiliary.VocabularySize);
        bool dual = batch.TokenCount <= plan.DualTokens;
        WorkingFloats memory = plan.WorkingFloats(plan.FormOf(batch.TokenCount, training.Steps), Parameters.Table);
        BatchDivision division = BatchDivision.Of(batch.BatchSize, batch.TokenCount, dual || part == RunPart.Score, memory, this.options);
        RunGroups(new One(batch, training, part, results, options.CancellationToken), division);
        return results;
    }

    private void RunGroups<TRun>(TRun run, BatchDivision division)
        where TRun : struct, IGroupRun
    {
        Groups<TRun> groups = new(this, division, run);
        if (division.SideBySide == 1)
        {
            for (int group = 0; group < division.Groups; group++)
                groups.Run(group, Together);
            return;
        }

        while (sideBySide.Count < division.SideBySide)
            sideBySide.Add(CreatePasses(new Workers(1)));
        Workers.Run(groups, division.SideBySide, grain: 1);
    }

    /// <summary>Frees weights and working memory and ends the threads.</summary>
    public void Dispose()
    {
        Workers.Dispose();
        disposed = true;
        foreach (CpuPasses passes in AllPasses)
            passes.Dispose();
        Parameters.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Creates the generated passes over the weights.</summary>
    /// <param name="workers">Threads, which the passes own.</param>
    protected abstract CpuPasses CreatePasses(Workers workers);

    /// <summary>Creates a simulator of the same model with other weights.</summary>
    /// <param name="parameters">The weights, which it owns from then on.</param>
    /// <param name="options">Threads.</param>
    protected abstract CpuSimulator CreateWith(ParameterStore parameters, SimulatorOptions options);

    /// <summary>What is done with a group of sequences.</summary>
    private interface IGroupRun
    {
        /// <summary>Runs a group.</summary>
        void Run(CpuPasses passes, int first, int sequences);
    }

    /// <summary>One inner training, or a part of it.</summary>
    private readonly struct One(
        SimulationBatch batch, InnerTraining training, RunPart part, ResultArrays results, CancellationToken cancellationToken) : IGroupRun
    {
        public void Run(CpuPasses passes, int first, int sequences) => passes.Run(batch, first, sequences, training, part, results, cancellationToken);
    }

    /// <summary>Several inner trainings that share passes.</summary>
    private readonly struct Several(SharedRun shared, CancellationToken cancellationToken) : IGroupRun
    {
        public void Run(CpuPasses passes, int first, int sequences) => passes.Run(shared, first, sequences, cancellationToken);
    }

    /// <summary>
    /// The groups of sequences of a run. As a kernel, a row is a place with passes of its own, which takes one group after another until none is
    /// left. So the place, not the worker that happens to come to it, chooses the memory.
    /// </summary>
    private readonly struct Groups<TRun>(CpuSimulator simulator, BatchDivision division, TRun run) : IRowKernel
        where TRun : struct, IGroupRun
    {
        private readonly StrongBox<int> taken = new();

        public void Run(int group, CpuPasses passes)
        {
            (int first, int count) = division.Group(group);
            run.Run(passes, first, count);
        }

        public void Run(int firstRow, int rowCount, int worker)
        {
            for (int place = firstRow; place < firstRow + rowCount; place++)
            {
                for (int group = Take(); group < division.Groups; group = Take())
                    Run(group, simulator.sideBySide[place]);
            }
        }

        private int Take() => Interlocked.Increment(ref taken.Value) - 1;
    }
}

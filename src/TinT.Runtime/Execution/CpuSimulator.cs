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
        WorkingFloats memory = plan.WorkingFloats(dual, training.Steps, Parameters.Table);
        BatchDivision division = BatchDivision.Of(batch.BatchSize, batch.TokenCount, dual || part == RunPart.Score, memory, this.options);
        Groups groups = new(this, division, batch, training, part, results, options.CancellationToken);
        if (division.SideBySide == 1)
        {
            for (int group = 0; group < division.Groups; group++)
                groups.Run(group, Together);
        }
        else
        {
            while (sideBySide.Count < division.SideBySide)
                sideBySide.Add(CreatePasses(new Workers(1)));
            Workers.Run(groups, division.SideBySide, grain: 1);
        }

        return results;
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

    /// <summary>
    /// The groups of sequences of a run. As a kernel, a row is a place with passes of its own, which takes one group after another until none is
    /// left. So the place, not the worker that happens to come to it, chooses the memory.
    /// </summary>
    private readonly struct Groups(
        CpuSimulator simulator, BatchDivision division, SimulationBatch batch, InnerTraining training, RunPart part, ResultArrays results, CancellationToken cancellationToken) : IRowKernel
    {
        private readonly StrongBox<int> taken = new();

        public void Run(int group, CpuPasses passes)
        {
            (int first, int count) = division.Group(group);
            passes.Run(batch, first, count, training, part, results, cancellationToken);
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

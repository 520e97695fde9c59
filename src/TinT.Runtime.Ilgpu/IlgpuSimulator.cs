using ILGPU;
using ILGPU.Runtime;
using TinT.Model;
using TinT.Model.Runs;
using TinT.Runtime.Cpu;
using TinT.Runtime.Execution;
using TinT.Runtime.Ilgpu.Kernels.Groups;
using TinT.Runtime.Parameters;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Ilgpu;

/// <summary>What generated GPU simulators share: weights, working memory and results on the device, and the loop over a batch.</summary>
/// <remarks>
/// Weights are uploaded once, and each kernel is compiled when it is first launched. Sequences run one after another; short ones in the dual form of the update, which writes no copies of weights unless
/// their changes are asked for. A run uploads its batch, launches the kernels of all sequences on the device's default stream without
/// waiting for them, and fetches the results at the end; changes of weights, if asked for, are fetched after each sequence.
/// </remarks>
public abstract partial class IlgpuSimulator : ISimulator
{
    private readonly Accelerator accelerator;
    private readonly GpuArenaPlan plan;
    private readonly GroupShape shape;
    private readonly ParameterTable table;
    private readonly SequenceRun run;
    private readonly IGemm? products;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> stored;
    private MemoryBuffer1D<float, Stride1D.Dense>? updated;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> updatedOwn;
    private readonly MemoryBuffer1D<float, Stride1D.Dense>? positionTables;
    private MemoryBuffer1D<float, Stride1D.Dense>? arena;
    private GpuBatch? batch;
    private int tokens;
    private bool wantsLogits;
    private CancellationToken cancellation;
    private bool disposed;

    /// <summary>Uploads weights, which the simulator then frees: the device has them.</summary>
    /// <param name="description">What is simulated.</param>
    /// <param name="plan">Working memory.</param>
    /// <param name="parameters">Weights in the compiled layout.</param>
    /// <param name="accelerator">The device, which stays the caller's.</param>
    /// <param name="options">Options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="GpuDeviceException">The device allows too few threads in a group, has too little memory, cannot do what the options ask for, or has failed before.</exception>
    protected IlgpuSimulator(
        SimulatorDescription description,
        GpuArenaPlan plan,
        ParameterStore parameters,
        Accelerator accelerator,
        GpuSimulatorOptions? options)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(accelerator);
        Description = description;
        this.plan = plan.On(accelerator.NumMultiprocessors);
        using ParameterStore uploaded = parameters;
        table = parameters.Table;
        this.accelerator = accelerator;
        var wide = GroupShape.Of<WideGroup>();
        HasWideGroups = accelerator.MaxNumThreadsPerGroup >= wide.Threads;
        shape = HasWideGroups ? wide : GroupShape.Of<NarrowGroup>();
        if (accelerator.MaxNumThreadsPerGroup < shape.Threads)
            throw new GpuDeviceException(
                $"{accelerator.Name} allows {accelerator.MaxNumThreadsPerGroup} threads in a group, but the kernels need {shape.Threads}; use another device.");
        run = new SequenceRun(description.Training);
        DeviceFailures.ThrowIfFailed(accelerator);
        accelerator.Bind();
        products = options is { CuBlas: true } ? options.Library(accelerator) : null;
        stored = Allocate(table.StoredLength, "weights");
        updatedOwn = Allocate(table.SequenceLength, "updated biases of norms");
        float[] tables = PositionTables(description.Auxiliary);
        positionTables = tables.Length == 0 ? null : Allocate(tables.Length, "tables of positions");
        Failing(() =>
        {
            HostTransfer.Upload(uploaded.Weights, stored.View);
            positionTables?.CopyFromCPU(tables);
            accelerator.Synchronize();
        });
    }

    /// <inheritdoc/>
    public SimulatorDescription Description { get; }

    /// <summary>Device memory that the simulator holds between runs.</summary>
    public MemoryUse MemoryUse => new(Bytes(stored) + (positionTables is null ? 0 : Bytes(positionTables)), (updated is null ? 0 : Bytes(updated)) + Bytes(updatedOwn), arena is null ? 0 : Bytes(arena), Mask: 0, Scratch: 0);

    /// <inheritdoc/>
    /// <exception cref="GpuDeviceException">The device has too little memory, refuses a kernel, or has failed before.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The simulator was disposed of.</exception>
    public SimulationResult Run(SimulationBatch batch, RunOptions? options = null)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentNullException.ThrowIfNull(batch);
        options ??= new RunOptions();
        Training = SimulationInput.Check(batch, options, Description);
        int vocabulary = Description.Auxiliary.VocabularySize;
        int rows = batch.BatchSize * batch.TokenCount;
        long logits = options.Logits ? (long)rows * vocabulary : 0;
        if (logits > Array.MaxLength)
        {
            throw new SimulationInputException(FormattableString.Invariant(
                $"Logits of {rows} tokens over {vocabulary} ids are more than one array holds; set RunOptions.Logits to false or run fewer sequences at once."));
        }

        DeviceFailures.ThrowIfFailed(accelerator);
        accelerator.Bind();
        Reserve(batch.TokenCount);
        if (!Dual || options.WeightUpdates)
            updated ??= Allocate(table.UpdatedLength, "updated weights");
        cancellation = options.CancellationToken;
        IReadOnlyList<WeightUpdate>[] updates = options.WeightUpdates ? new IReadOnlyList<WeightUpdate>[batch.BatchSize] : [];
        using GpuBatch uploaded = OnDevice("the batch and its results", () => new GpuBatch(accelerator, batch, run, logits));
        this.batch = uploaded;
        wantsLogits = options.Logits;
        Failing(() =>
        {
            for (int sequence = 0; sequence < batch.BatchSize; sequence++)
            {
                run.Begin(batch, sequence, place: 0, firstGradientRow: 0);
                RunSequence();
                if (options.WeightUpdates)
                    updates[sequence] = FetchUpdates();
            }

            accelerator.Synchronize();
        });
        float[] lossesBefore = GpuBatch.Losses(uploaded.LossesBefore, tokens);
        float[] lossesAfter = GpuBatch.Losses(uploaded.LossesAfter, tokens);
        SequenceLosses.Keep<float>(batch, lossesBefore, options.Losses);
        SequenceLosses.Keep<float>(batch, lossesAfter, options.Losses);
        return new SimulationResult
        {
            BatchSize = batch.BatchSize,
            TokenCount = tokens,
            VocabularySize = vocabulary,
            LogitsBefore = options.Logits ? GpuBatch.LastRows(uploaded.LogitsBefore, batch, options, vocabulary) : null,
            LogitsAfter = options.Logits ? GpuBatch.LastRows(uploaded.LogitsAfter, batch, options, vocabulary) : null,
            TokenLossesBefore = lossesBefore,
            TokenLossesAfter = lossesAfter,
            LossesBefore = SequenceLosses.Mean<float>(batch, lossesBefore),
            LossesAfter = SequenceLosses.Mean<float>(batch, lossesAfter),
            WeightUpdates = updates,
        };
    }

    /// <summary>Frees weights and working memory; the device stays open.</summary>
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            accelerator.Bind();
            products?.Dispose();
            arena?.Dispose();
            updated?.Dispose();
            updatedOwn.Dispose();
            positionTables?.Dispose();
            stored.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Token and position embedding.</summary>
    /// <param name="run">The sequence.</param>
    protected abstract void Embedding(SequenceRun run);

    /// <summary>Forward pass of a layer.</summary>
    /// <param name="run">The sequence.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="updates">Steps taken before.</param>
    /// <param name="place">Where it keeps what is read later.</param>
    protected abstract void ForwardBlock(SequenceRun run, int layer, int updates, KeptPlace place);

    /// <summary>Keeps the input of the lowest trained layer.</summary>
    /// <param name="run">The sequence.</param>
    protected abstract void KeepTrainedInput(SequenceRun run);

    /// <summary>Goes back to it.</summary>
    /// <param name="run">The sequence.</param>
    protected abstract void RestoreTrainedInput(SequenceRun run);

    /// <summary>Forward pass of the final norm.</summary>
    /// <param name="run">The sequence.</param>
    /// <param name="updates">Steps taken before.</param>
    protected abstract void FinalNorm(SequenceRun run, int updates);

    /// <summary>Head, losses and loss gradient.</summary>
    /// <param name="run">The sequence.</param>
    /// <param name="pass">What the pass is for.</param>
    protected abstract void Head(SequenceRun run, HeadPass pass);

    /// <summary>Backward pass and descent of the final norm.</summary>
    /// <param name="run">The sequence.</param>
    /// <param name="updates">Steps taken before.</param>
    protected abstract void FinalNormBackward(SequenceRun run, int updates);

    /// <summary>Backward pass and descent of a layer.</summary>
    /// <param name="run">The sequence.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="updates">Steps taken before.</param>
    /// <param name="place">Where its forward pass kept what is read here.</param>
    /// <param name="lowest">Whether no layer below it is trained.</param>
    protected abstract void BackwardBlock(SequenceRun run, int layer, int updates, KeptPlace place, bool lowest);

    /// <summary>Writes a layer's updated weights of a sequence that ran in the dual form, from what it kept of one step.</summary>
    /// <param name="run">The sequence.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="updates">Steps written before.</param>
    /// <param name="place">Where it kept them.</param>
    /// <exception cref="NotSupportedException">The model has no dual form.</exception>
    protected virtual void WriteUpdates(SequenceRun run, int layer, int updates, KeptPlace place) =>
        throw new NotSupportedException("The model has no dual form.");

    /// <summary>Ends the run if it was cancelled.</summary>
    protected void ThrowIfCancelled() => cancellation.ThrowIfCancellationRequested();

    /// <summary>Marks the end of a kernel on a clock that waits for the device.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="kernel">The kernel's number.</param>
    protected void Mark(KernelClock clock, int kernel)
    {
        ArgumentNullException.ThrowIfNull(clock);
        if (!clock.WaitsForDevice)
            return;
        accelerator.Synchronize();
        clock.Mark(kernel);
    }

    /// <summary>The passes over the sequence that the run is at.</summary>
    private void RunSequence()
    {
        KernelClock? clock = (this as ITimedSimulator)?.Clock;
        clock?.Start();
        foreach (RoutineCall call in RunSchedule.Of(Description.Auxiliary.LayerCount, Training.Layers, Training.Steps, trains: run.TrainingRows > 0))
            Launch(call);
        clock?.Stop();
    }

    private void Launch(RoutineCall call)
    {
        switch (call.Routine)
        {
            case RoutineKind.Embedding:
                Embedding(run);
                break;
            case RoutineKind.ForwardBlock:
                ForwardBlock(run, call.Layer, call.Updates, call.Place);
                break;
            case RoutineKind.KeepTrainedInput:
                KeepTrainedInput(run);
                break;
            case RoutineKind.RestoreTrainedInput:
                RestoreTrainedInput(run);
                break;
            case RoutineKind.FinalNorm:
                FinalNorm(run, call.Updates);
                break;
            case RoutineKind.Head:
                Head(run, call.Head!.Value);
                break;
            case RoutineKind.FinalNormBackward:
                FinalNormBackward(run, call.Updates);
                break;
            case RoutineKind.BackwardBlock:
                BackwardBlock(run, call.Layer, call.Updates, call.Place, call.Lowest);
                break;
            default:
                throw new InvalidOperationException($"{call.Routine} is not part of the passes.");
        }
    }

    private IReadOnlyList<WeightUpdate> FetchUpdates()
    {
        if (run.TrainingRows == 0)
            return [];
        if (Dual)
        {
            foreach (RoutineCall call in RunSchedule.Updates(Description.Auxiliary.LayerCount, Training.Layers, Training.Steps))
                WriteUpdates(run, call.Layer, call.Updates, call.Place);
        }

        using var fetched = new UpdatedParameters(table);
        fetched.Reserve(sequences: 1, copies: true);
        HostTransfer.Download(Updated, fetched.Copies);
        HostTransfer.Download(updatedOwn.View, fetched.Sequences);
        using var weights = new ParameterStore(table);
        HostTransfer.Download(stored.View, weights.Weights, table.TrainedBlockAt(0));
        return weights.Updates(fetched, place: 0, Training.Layers);
    }

    /// <summary>What positions are made of where they are no weights: cosines and as many sines of rotary ones, slopes of ALiBi; nothing for others.</summary>
    private static float[] PositionTables(AuxiliaryDescription model)
    {
        if (model.Rotary is null)
            return [.. model.Slopes().Select(slope => (float)slope)];
        var rotary = new RotaryTable(model);
        return [.. rotary.Cosines, .. rotary.Sines];
    }

    /// <summary>Working memory for the tokens of the run; it grows once for the longest sequence seen.</summary>
    private void Reserve(int tokenCount)
    {
        tokens = tokenCount;
        long length = plan.Length(tokenCount, Training.Steps);
        if (arena is not null && arena.Length >= length)
            return;
        arena?.Dispose();
        arena = null;
        arena = Allocate(length, FormattableString.Invariant($"working memory for {tokenCount} tokens"));
    }

    /// <summary>Work on the device that compiles and launches kernels, or transfers.</summary>
    private void Failing(Action work)
    {
        try
        {
            work();
        }
        catch (Exception failure) when (failure is AcceleratorException or InternalCompilerException or NotSupportedException)
        {
            throw DeviceFailures.Add(accelerator, Description.Model, failure);
        }
    }

    private MemoryBuffer1D<float, Stride1D.Dense> Allocate(long length, string purpose) =>
        OnDevice(FormattableString.Invariant($"{length * sizeof(float)} bytes of {purpose}"), () => accelerator.Allocate1D<float>(Math.Max(1, length)));

    private static long Bytes(MemoryBuffer1D<float, Stride1D.Dense> buffer) => buffer.Length * sizeof(float);

    private T OnDevice<T>(string what, Func<T> allocate)
    {
        try
        {
            return allocate();
        }
        catch (Exception refusal) when (refusal is AcceleratorException or OutOfMemoryException)
        {
            throw new GpuDeviceException(FormattableString.Invariant(
                $"{accelerator.Name} has {accelerator.MemorySize} bytes of memory and refuses {what}; use shorter sequences, a smaller model or another device. ({refusal.Message})"), refusal);
        }
    }
}

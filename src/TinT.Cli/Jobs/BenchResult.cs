using TinT.Accounting;
using TinT.Accounting.Memory;
using TinT.Compiler.Specs;
using TinT.Runtime.Cpu.Limits;
using TinT.Runtime.Execution;

namespace TinT.Cli.Jobs;

/// <summary>What was measured.</summary>
/// <param name="Spec">The spec.</param>
/// <param name="Run">The run.</param>
/// <param name="Form">Form of the update.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Limits">The processor's limits, measured between the runs.</param>
/// <param name="Seconds">Seconds of each run, in order.</param>
/// <param name="Kernels">Times of the kernels in the run of median length.</param>
/// <param name="AllocatedBytes">Bytes allocated on the managed heap inside its passes.</param>
/// <param name="Held">Native memory of the simulator.</param>
/// <param name="Planned">Planned memory, without logits for the caller.</param>
internal sealed record BenchResult(
    ModelSpec Spec,
    PlannedRun Run,
    UpdateForm Form,
    int Threads,
    ProcessorLimits Limits,
    IReadOnlyList<double> Seconds,
    IReadOnlyList<KernelTime> Kernels,
    long AllocatedBytes,
    MemoryUse Held,
    MemoryPlan Planned)
{
    /// <summary>Median of the runs.</summary>
    public double Median => Seconds.Order().ElementAt(Seconds.Count / 2);

    /// <summary>The shortest of the runs.</summary>
    public double Best => Seconds.Min();

    /// <summary>Operations in a second, in the best run and in the median one.</summary>
    public (double Best, double Median) Rate => (Cost.Operations / Best, Cost.Operations / Median);

    /// <summary>The same as shares of multiply-adds alone: the best of the best, the median of their median.</summary>
    public (double Best, double Median) Share => (Rate.Best / Limits.OperationsPerSecond, Rate.Median / Limits.TypicalOperationsPerSecond);

    /// <summary>Cost of the run.</summary>
    public OperationCost Cost => OperationCost.Sum(Kernels.Select(kernel => kernel.Cost.Total));

    /// <summary>Tokens in a second.</summary>
    public double TokensPerSecond => (double)Run.Tokens * Run.BatchSize / Median;

    /// <summary>The least time in which the run could be done, kernel by kernel.</summary>
    public double LeastSeconds => Kernels.Sum(LeastSecondsOf);

    /// <summary>The least time of a kernel: by its operations or its bytes, whichever take longer.</summary>
    public double LeastSecondsOf(KernelTime kernel) => Limits.Seconds(kernel.Cost.Total.Operations, kernel.Cost.Total.Bytes);

    /// <summary>Whether memory bounds a kernel, not arithmetic.</summary>
    public bool IsBoundByMemory(KernelTime kernel) =>
        kernel.Cost.Total.Bytes / Limits.BytesPerSecond > kernel.Cost.Total.Operations / Limits.OperationsPerSecond;
}

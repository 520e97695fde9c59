using TinT.Accounting;
using TinT.Accounting.Gpu;
using TinT.Compiler.Specs;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>What was measured on a device.</summary>
/// <param name="Device">The device.</param>
/// <param name="Spec">The spec.</param>
/// <param name="Run">The run.</param>
/// <param name="Form">Form of the update.</param>
/// <param name="Seconds">Seconds of each run, in order, without a wait between kernels.</param>
/// <param name="Kernels">Times of the kernels in one more run with a wait behind each.</param>
/// <param name="Held">Device memory of the simulator between runs.</param>
/// <param name="Planned">Planned device memory.</param>
internal sealed record DeviceBenchResult(
    DeviceDescription Device,
    ModelSpec Spec,
    PlannedRun Run,
    UpdateForm Form,
    IReadOnlyList<double> Seconds,
    IReadOnlyList<DeviceKernelTime> Kernels,
    MemoryUse Held,
    GpuMemory Planned)
{
    /// <summary>Median of the runs.</summary>
    public double Median => Seconds.Order().ElementAt(Seconds.Count / 2);

    /// <summary>Cost of the run.</summary>
    public OperationCost Cost => OperationCost.Sum(Kernels.Select(kernel => kernel.Cost));

    /// <summary>Tokens in a second.</summary>
    public double TokensPerSecond => (double)Run.Tokens * Run.BatchSize / Median;

    /// <summary>Seconds of all kernels with the waits between them.</summary>
    public double KernelSeconds => Kernels.Sum(kernel => kernel.Seconds);
}

using TinT.Accounting.Compiled;
using TinT.Compiler.Devices;
using TinT.Compiler.Layout;
using TinT.Runtime.Execution;

namespace TinT.Accounting.Gpu;

/// <summary>What can be said about a run of a generated GPU simulator on a device without running it.</summary>
/// <param name="Profile">The device.</param>
/// <param name="Kernels">The kernels in the order in which the run first launches them.</param>
/// <param name="OnceBytes">Bytes of global memory if every kernel moved each of its operands once, as though caches served all that tiles read again.</param>
/// <param name="Memory">Device memory of the run.</param>
/// <param name="MostTokens">The most tokens of one sequence that fit the device's memory, up to the context length.</param>
/// <param name="Fits">What other models need.</param>
public sealed record GpuAccount(
    GpuProfile Profile, IReadOnlyList<GpuKernelCost> Kernels, long OnceBytes, GpuMemory Memory, int MostTokens, IReadOnlyList<GpuFit> Fits)
{
    /// <summary>Least time of the run: the sum over its launches.</summary>
    public double Seconds => Kernels.Sum(kernel => kernel.Seconds);

    /// <summary>Accounts for a run.</summary>
    /// <param name="compiled">The compiled model.</param>
    /// <param name="run">The run.</param>
    /// <param name="profile">The device.</param>
    /// <param name="others">Compiled models of which is said whether they fit.</param>
    public static GpuAccount Of(CompiledModel compiled, PlannedRun run, GpuProfile profile, IEnumerable<CompiledModel> others)
    {
        ArgumentNullException.ThrowIfNull(compiled);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(others);
        CompiledModel model = ModelOf(compiled, profile.Processors);
        int blockRows = GpuArena.Of(model).BlockRows(run.Tokens);
        CompiledCost once = CompiledCost.Of(model.Program, model.Parameters, model.Buffers with { HeadRows = blockRows }, run, allLogits: true);
        return new GpuAccount(
            profile,
            [
                .. GpuSchedule.Of(model, GroupTiles.Wide, run)
                    .GroupBy(launch => (launch.Routine, launch.Head, launch.Kernel))
                    .Select(launches => GpuKernelCost.Of([.. launches], run.BatchSize, profile)),
            ],
            once.Total.Bytes,
            GpuMemory.Of(model, run.Tokens, run.BatchSize, run.Steps),
            GpuMemory.MostTokens(model, profile),
            [.. others.Select(other => GpuFit.Of(ModelOf(other, profile.Processors), profile))]);
    }

    /// <summary>A model as a device runs it: the program's number of tokens for the dual form is that of its class.</summary>
    /// <param name="model">The compiled model.</param>
    /// <param name="processors">Multiprocessors of the device.</param>
    public static CompiledModel ModelOf(CompiledModel model, int processors)
    {
        ArgumentNullException.ThrowIfNull(model);
        CompiledModel onGpus = model.OnGpus;
        return processors >= GpuArenaPlan.LargeProcessors
            ? onGpus with { Program = onGpus.Program with { DualTokens = onGpus.Program.LargeGpuDualTokens } }
            : onGpus;
    }
}

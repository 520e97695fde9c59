using System.ComponentModel;
using System.Reflection;
using TinT.Runtime.Execution;

namespace TinT.Runtime.Tests;

/// <summary>What editors offer to users of the package.</summary>
public sealed class PublicSurfaceTests
{
    [Fact]
    public void Editors_offer_simulators_checkpoints_and_options_and_hide_what_generated_code_calls()
    {
        IEnumerable<string> offered = typeof(CpuSimulator).Assembly.GetExportedTypes()
            .Where(type => type.GetCustomAttribute<EditorBrowsableAttribute>()?.State != EditorBrowsableState.Never)
            .Where(type => type.Namespace is not ("TinT.Runtime.Checkpoints" or "TinT.Runtime.Simulation"))
            .Select(type => type.FullName!["TinT.Runtime.".Length..]);

        Assert.Equal(
            [
                "Cpu.Memory.BufferAllocationException", "Cpu.Memory.WeightStorage", "Cpu.Memory.WeightStorageExtensions",
                "Execution.ITimedSimulator", "Execution.KernelClock", "Execution.MemoryUse", "Execution.SimulatorOptions",
            ],
            offered.Order(StringComparer.Ordinal));
    }
}

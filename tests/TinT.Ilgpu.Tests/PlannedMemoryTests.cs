using System.Reflection;
using Ilgpu.Checker.Execution;
using TinT.Accounting.Gpu;
using TinT.Compiler.Compilation;
using TinT.Compiler.Specs.Reading;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>Planned device memory against what a device allocates, to the byte.</summary>
public sealed class PlannedMemoryTests
{
    [Theory]
    [InlineData("gpt2", "primal", 13, 2, false)]
    [InlineData("gpt2", "primal", 16, 1, true)]
    [InlineData("gpt2", "dual", 13, 2, false)]
    [InlineData("llama", "primal", 13, 2, false)]
    [InlineData("bloom", "primal", 16, 1, false)]
    public void A_run_allocates_what_is_planned(string architecture, string update, int tokens, int sequences, bool logits)
    {
        SmallSpec spec = new("Memory") { Architecture = architecture, Update = update, Steps = 2 };
        Assembly code = GpuCode.Compile(spec);
        using var folder = new TemporaryFolder();
        RandomCheckpoint.Write(folder.Path, spec.Description.Auxiliary, seed: 1);
        float[] mask = [.. Enumerable.Range(0, sequences * tokens).Select(token => token % tokens < 5 ? 1f : 0f)];
        var batch = new SimulationBatch(sequences, tokens, new int[mask.Length], mask);

        using var recorder = new DeviceRecorder();
        using var device = new TestDevice(16);
        using ISimulator simulator = GpuCode.Load(code, spec.Model, folder.Path, device.Accelerator);
        simulator.Run(batch, new RunOptions { Logits = logits });

        GpuMemory planned = GpuMemory.Of(
            GpuAccount.ModelOf(SpecCompiler.Lower(SpecReader.Read(spec.Text).Spec!), processors: 1), tokens, sequences, spec.Steps);

        // Logits that are not asked for have an element for each pass, which is counted with the batch.
        Assert.Equal(planned.Needed + (logits ? planned.Logits - (2 * sizeof(float)) : 0), recorder.MostBytes);
    }
}

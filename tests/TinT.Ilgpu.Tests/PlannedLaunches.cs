using ILGPU.Execution;
using TinT.Accounting;
using TinT.Accounting.Gpu;
using TinT.Compiler.Emission;
using TinT.Compiler.Layout;
using TinT.Compiler.Specs;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>The launches of a run as they are planned, against those that the emulator counts: every number, none of them nearly.</summary>
internal static class PlannedLaunches
{
    /// <summary>Runs a simulator and compares launches, in order, and device memory.</summary>
    /// <param name="spec">Its spec.</param>
    /// <param name="tile">Shape of its groups.</param>
    /// <param name="simulator">The generated GPU simulator.</param>
    /// <param name="seed">Decides the lengths.</param>
    /// <param name="tokens">Tokens in each sequence; <see langword="null"/> for a random number.</param>
    public static void AssertCounted(SmallSpec spec, GroupTile tile, ISimulator simulator, int seed, int? tokens = null)
    {
        Random random = new(seed);
        int length = tokens ?? random.Next(2, spec.Context + 1);
        int training = random.Next(5) == 0 ? length : random.Next(0, length);
        ModelSpec model = SpecReader.Read(spec.Text).Spec!;
        PlannedRun run = PlannedRun.Of(model, length, training, random.Next(1, 3));
        float[] mask = [.. Enumerable.Range(0, length * run.BatchSize).Select(token => token % length < training ? 1f : 0f)];
        var batch = new SimulationBatch(run.BatchSize, length, [.. mask.Select(_ => random.Next(spec.VocabularySize))], mask);

        using var recorder = new DeviceRecorder();
        simulator.Run(batch, new RunOptions { Logits = false });

        CompiledModel compiled = GpuAccount.ModelOf(model);
        LaunchRecord[] sequence = [.. GpuSchedule.Of(compiled, tile, run).Select(RecordOf)];
        Assert.Equal(Enumerable.Repeat(sequence, run.BatchSize).SelectMany(launches => launches), recorder.Launches);
    }

    private static LaunchRecord RecordOf(GpuLaunch launch) =>
        new(launch.Kernel, launch.Groups, launch.ThreadsPerGroup ?? 0, launch.SharedBytes, launch.Reads, launch.Writes);
}

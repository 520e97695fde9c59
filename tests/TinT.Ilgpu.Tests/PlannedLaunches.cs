using Ilgpu.Checker.Execution;
using TinT.Accounting;
using TinT.Accounting.Gpu;
using TinT.Accounting.Launches;
using TinT.Compiler.Compilation;
using TinT.Compiler.Devices;
using TinT.Compiler.Layout;
using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Reading;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>The launches of a run as they are planned, against those that the checker counts: every number, none of them nearly.</summary>
internal static class PlannedLaunches
{
    /// <summary>Runs a simulator on a device of few multiprocessors and compares launches, in order.</summary>
    /// <param name="spec">Its spec.</param>
    /// <param name="tile">Shape of its groups.</param>
    /// <param name="simulator">The generated GPU simulator.</param>
    /// <param name="seed">Decides the lengths.</param>
    /// <param name="tokens">Tokens in each sequence; <see langword="null"/> for a random number.</param>
    public static void AssertCounted(SmallSpec spec, GroupTile tile, ISimulator simulator, int seed, int? tokens = null) =>
        AssertCounted(GpuAccount.ModelOf(SpecCompiler.Lower(SpecReader.Read(spec.Text).Spec!), processors: 1), tile, simulator, seed, tokens);

    /// <summary>Runs a simulator and compares launches, in order.</summary>
    /// <param name="model">The model as the device runs it.</param>
    /// <param name="tile">Shape of its groups.</param>
    /// <param name="simulator">The generated GPU simulator.</param>
    /// <param name="seed">Decides the lengths.</param>
    /// <param name="tokens">Tokens in each sequence; <see langword="null"/> for a random number.</param>
    public static void AssertCounted(CompiledModel model, GroupTile tile, ISimulator simulator, int seed, int? tokens)
    {
        Random random = new(seed);
        AuxiliarySpec auxiliary = model.Spec.Auxiliary;
        int length = tokens ?? random.Next(2, auxiliary.MaxPositionEmbeddings + 1);
        int training = random.Next(5) == 0 ? length : random.Next(0, length);
        PlannedRun run = PlannedRun.Of(model.Spec, length, training, random.Next(1, 3));
        float[] mask = [.. Enumerable.Range(0, length * run.BatchSize).Select(token => token % length < training ? 1f : 0f)];
        var batch = new SimulationBatch(run.BatchSize, length, [.. mask.Select(_ => random.Next(auxiliary.VocabularySize))], mask);

        using var recorder = new DeviceRecorder();
        simulator.Run(batch, new RunOptions { Logits = false });

        LaunchRecord[] sequence = [.. GpuSchedule.Of(model, tile, run).Select(RecordOf)];
        Assert.Equal(Enumerable.Repeat(sequence, run.BatchSize).SelectMany(launches => launches), recorder.Launches);
    }

    private static LaunchRecord RecordOf(GpuLaunch launch) =>
        new(launch.Kernel, launch.Groups, launch.ThreadsPerGroup ?? 0, launch.SharedBytes, launch.Reads, launch.Writes);
}

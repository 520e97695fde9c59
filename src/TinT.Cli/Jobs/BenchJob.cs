using System.Diagnostics;
using TinT.Accounting;
using TinT.Accounting.Compiled;
using TinT.Accounting.Memory;
using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Cli.Rendering;
using TinT.Cli.Simulators;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Reports.Files;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Cpu.Limits;
using TinT.Runtime.Cpu.Threads;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>Times a compiled simulator against the processor's limits.</summary>
internal static class BenchJob
{
    /// <summary>Runs the job.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The spec cannot be read.</exception>
    /// <exception cref="SpecException">The spec has mistakes.</exception>
    /// <exception cref="PlannedRunException">The model cannot make such a run.</exception>
    /// <exception cref="CheckpointFormatException">The checkpoint cannot be read or does not fit the spec.</exception>
    /// <exception cref="DeviceException">The device is not there or refuses the work.</exception>
    /// <exception cref="ReportException">A report cannot be written.</exception>
    public static int Run(CommandContext context, BenchRequest request)
    {
        SpecFile file = request.Simulator.ReadSpec();
        CompiledModel model = file.Model;
        using ChosenDevice device = request.Simulator.OpenDevice(context);
        if (device.Gpu is { } gpu)
            return DeviceBenchJob.Run(context, request, file, gpu);
        SimulatorFactory factory = SimulatorCompiler.CompileInProcess(file, context.CancellationToken, timed: true);
        ModelSpec spec = model.Spec;
        IReadOnlyList<PlannedRun> runs = BenchRun.Plan(spec, request);
        using CheckpointSource checkpoint = CheckpointSource.Of(request.Simulator.Checkpoint, factory.Description.Auxiliary, seed: 1);
        List<BenchResult> results = [];
        foreach ((int threads, PlannedRun run) in request.Simulator.ThreadCounts.SelectMany(threads => runs.Select(run => (threads, run))))
        {
            using ISimulator simulator = context.Load(factory, checkpoint.Directory, request.Simulator.Options with { Threads = threads });
            results.Add(Measure(context, request.Runs, model, run, threads, (ITimedSimulator)simulator));
            if (results.Count == 1)
                context.Console.WriteLine(SpecSummary.Of(spec));
            context.Console.WriteLine(BenchTables.Subject(results[^1]));
        }

        context.WriteReport(request.JsonPath, stream => BenchJson.Write(stream, results));
        context.Console.WriteLine();
        if (results is [BenchResult only])
        {
            context.Console.Write(BenchTables.Kernels(only));
            context.Console.WriteLine();
            context.Console.Write(BenchTables.Step(only));
        }
        else
        {
            context.Console.Write(BenchTables.Series(results));
        }

        return ExitCode.Done;
    }

    private static BenchResult Measure(CommandContext context, int count, CompiledModel model, PlannedRun run, int threads, ITimedSimulator simulator)
    {
        KernelProgram program = model.Program;
        IReadOnlyList<KernelCost> costs = CompiledCost.Of(program, model.Parameters, model.Buffers, run).Kernels;
        SimulationBatch batch = BenchRun.MakeBatch(model.Spec, run);
        RunOptions options = new() { Logits = false, CancellationToken = context.CancellationToken };
        using Workers workers = new(threads);
        List<ProcessorLimits> limits = [ProcessorLimits.Measure(workers)];
        simulator.Run(batch, options);

        List<(double Seconds, IReadOnlyList<KernelTime> Kernels, long Allocated)> runs = [];
        for (int index = 0; index < count; index++)
        {
            simulator.Clock.Reset();
            long start = Stopwatch.GetTimestamp();
            simulator.Run(batch, options);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            runs.Add((seconds, [.. costs.Select(cost => BenchRun.TimeOf(program, cost, simulator.Clock))], simulator.Clock.AllocatedBytes));
            limits.Add(ProcessorLimits.Measure(workers));
        }

        (_, IReadOnlyList<KernelTime> kernels, long allocated) = runs.OrderBy(r => r.Seconds).ElementAt(runs.Count / 2);
        return new BenchResult(
            model.Spec,
            run,
            program.FormOf(run.Tokens),
            threads,
            ProcessorLimits.Of(limits),
            [.. runs.Select(r => r.Seconds)],
            kernels,
            allocated,
            simulator.MemoryUse,
            MemoryPlan.Of(program, model.Parameters, model.Buffers, run, threads, logits: false));
    }
}

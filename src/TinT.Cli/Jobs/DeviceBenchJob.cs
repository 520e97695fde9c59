using System.Diagnostics;
using TinT.Accounting;
using TinT.Accounting.Compiled;
using TinT.Accounting.Gpu;
using TinT.Accounting.Reports;
using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Cli.Rendering;
using TinT.Cli.Simulators;
using TinT.Compiler.Layout;
using TinT.Reports.Files;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>Times a compiled simulator on a device: whole runs first, then one with a wait behind every kernel.</summary>
internal static class DeviceBenchJob
{
    /// <summary>Runs the job.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">There are several numbers of tokens.</exception>
    /// <exception cref="PlannedRunException">The model cannot make such a run.</exception>
    /// <exception cref="CheckpointFormatException">The checkpoint cannot be read or does not fit the spec.</exception>
    /// <exception cref="DeviceException">The device refuses the work.</exception>
    /// <exception cref="ReportException">A report cannot be written.</exception>
    public static int Run(CommandContext context, BenchRequest request, SpecFile file, ISimulatorDevice device)
    {
        CompiledModel model = GpuAccount.ModelOf(file.Model, device.Description.Processors);
        if (request.Tokens.Count > 1)
            throw new UsageException("With --device, --tokens takes one number; run the command once for each.");
        PlannedRun run = BenchRun.Plan(model.Spec, request)[0];
        SimulatorFactory factory = SimulatorCompiler.CompileFor(device, file, context.CancellationToken, timed: true, request.Simulator.CuBlas);
        using CheckpointSource checkpoint = CheckpointSource.Of(request.Simulator.Checkpoint, factory.Description.Auxiliary, seed: 1);
        using ISimulator simulator = context.Load(factory, checkpoint.Directory, null);
        DeviceBenchResult result = Measure(context, request, model, run, (ITimedSimulator)simulator, device.Description);

        context.WriteReport(request.JsonPath, stream => DeviceBenchJson.Write(stream, result));
        context.Console.WriteLine(SpecSummary.Of(model.Spec));
        context.Console.WriteLine(DeviceBenchTables.Subject(result));
        context.Console.WriteLine();
        context.Console.Write(DeviceBenchTables.Kernels(result));
        context.Console.WriteLine();
        context.Console.Write(DeviceBenchTables.Step(result));
        return ExitCode.Done;
    }

    private static DeviceBenchResult Measure(
        CommandContext context, BenchRequest request, CompiledModel model, PlannedRun run, ITimedSimulator simulator, DeviceDescription device)
    {
        CompiledCost costs = CompiledCost.Of(model.Program, model.Parameters, model.Buffers, run, allLogits: true);
        SimulationBatch batch = BenchRun.MakeBatch(model.Spec, run);
        RunOptions options = new() { Logits = false, CancellationToken = context.CancellationToken };
        simulator.Clock.WaitsForDevice = false;
        simulator.Run(batch, options);
        List<double> seconds = [];
        for (int index = 0; index < request.Runs; index++)
        {
            long start = Stopwatch.GetTimestamp();
            simulator.Run(batch, options);
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        simulator.Clock.WaitsForDevice = true;
        simulator.Clock.Reset();
        simulator.Run(batch, options);
        IReadOnlyList<DeviceKernelTime> kernels = Times([.. costs.Kernels.Select(cost => BenchRun.TimeOf(model.Program, cost, simulator.Clock))]);
        return new DeviceBenchResult(
            device,
            model.Spec,
            run,
            model.Program.FormOf(run.Tokens),
            seconds,
            kernels,
            simulator.MemoryUse,
            GpuMemory.Of(model, run.Tokens, run.BatchSize, run.Steps));
    }

    /// <summary>One entry for each kernel that is marked; what follows it without a mark is fused to it.</summary>
    private static List<DeviceKernelTime> Times(IReadOnlyList<KernelTime> kernels)
    {
        List<DeviceKernelTime> times = [];
        foreach (KernelTime kernel in kernels)
        {
            string name = CompiledTables.NameOf(kernel.Cost);
            if (kernel.Calls > 0)
                times.Add(new DeviceKernelTime(kernel.Cost.Routine, name, kernel.Calls, kernel.Seconds, kernel.Cost.Total));
            else
                times[^1] = times[^1] with { Name = $"{times[^1].Name} + {name}", Cost = OperationCost.Sum([times[^1].Cost, kernel.Cost.Total]) };
        }

        return times;
    }
}

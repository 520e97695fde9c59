using System.Reflection;
using TinT.Compiler.Compilation;
using TinT.Model;
using TinT.Models;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Compilation;

/// <summary>Turns specs into simulator classes that are ready to load weights.</summary>
internal static class SimulatorCompiler
{
    /// <summary>The precompiled class if this very spec ships with the tool, else one compiled in this process.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="cancellationToken">Asked by the C# compiler.</param>
    /// <exception cref="SpecException">The spec has mistakes.</exception>
    public static SimulatorFactory Compile(SpecFile spec, CancellationToken cancellationToken) =>
        FindShipped(spec) ?? CompileInProcess(spec, cancellationToken);

    /// <summary>The precompiled class of a spec with the same text.</summary>
    public static SimulatorFactory? FindShipped(SpecFile spec)
    {
        string hash = SpecCompiler.ContentHash(spec.Text);
        ShippedModel? shipped = ShippedModels.All.FirstOrDefault(model => SpecCompiler.ContentHash(model.ReadSpec()) == hash);
        return shipped is null ? null : new SimulatorFactory(shipped.Description, shipped.Load);
    }

    /// <summary>Compiles the sources that the generator would add to a project.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="cancellationToken">Asked by the C# compiler.</param>
    /// <param name="timed">Whether the simulator tells the time of every kernel: it then is an <see cref="ITimedSimulator"/>.</param>
    public static SimulatorFactory CompileInProcess(SpecFile spec, CancellationToken cancellationToken, bool timed = false)
    {
        (Type simulator, SimulatorDescription description) = CompileClass(spec, "Simulator", timed, gpu: false, cancellationToken);
        return new SimulatorFactory(description, simulator.GetMethod("Load")!.CreateDelegate<Func<string, SimulatorOptions?, ISimulator>>());
    }

    /// <summary>Compiles the sources with those for GPUs. Simulators are loaded on the device; of the options for the processor's only who is told how far loading is has an effect.</summary>
    /// <param name="device">The device.</param>
    /// <param name="spec">The spec.</param>
    /// <param name="cancellationToken">Asked by the C# compiler.</param>
    /// <param name="timed">Whether the simulator tells the time of every kernel: it then is an <see cref="ITimedSimulator"/>.</param>
    /// <param name="cuBlas">Whether cuBLAS computes plain products.</param>
    public static SimulatorFactory CompileFor(
        ISimulatorDevice device, SpecFile spec, CancellationToken cancellationToken, bool timed = false, bool cuBlas = false)
    {
        (Type simulator, SimulatorDescription description) = CompileClass(spec, "GpuSimulator", timed, gpu: true, cancellationToken);
        return new SimulatorFactory(description, (directory, options) => device.Load(simulator, directory, cuBlas, options?.Loading));
    }

    private static (Type Simulator, SimulatorDescription Description) CompileClass(
        SpecFile spec, string suffix, bool timed, bool gpu, CancellationToken cancellationToken)
    {
        CompilationResult result = spec.Compile(timed, gpu);
        string model = result.Model!.Value.Value;
        Assembly assembly = SourceCompiler.Compile(model, result.Sources, cancellationToken);
        Type simulator = assembly.GetType($"{result.Options.Namespace}.{model}{suffix}", throwOnError: true)!;
        return (simulator, (SimulatorDescription)simulator.GetProperty("Model")!.GetValue(null)!);
    }
}

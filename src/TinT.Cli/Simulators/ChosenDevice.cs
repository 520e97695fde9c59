using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Simulators;

/// <summary>Where compiled simulators run: on the processor, or on an open device.</summary>
internal sealed class ChosenDevice : IDisposable
{
    /// <summary>Word for the processor with the compiled CPU kernels, the default.</summary>
    public const string Processor = "cpu";

    private readonly bool cuBlas;

    private ChosenDevice(ISimulatorDevice? gpu, bool cuBlas)
    {
        Gpu = gpu;
        this.cuBlas = cuBlas;
        if (cuBlas && gpu?.Description.Kind != DeviceKinds.Cuda)
        {
            gpu?.Dispose();
            throw new UsageException($"--cublas is for CUDA devices, and the simulator would run on {gpu?.Description.Name ?? "the processor"}: add '--device cuda', or leave --cublas out.");
        }
    }

    /// <summary>The device; <see langword="null"/> for the processor.</summary>
    public ISimulatorDevice? Gpu { get; }

    /// <summary>The processor.</summary>
    public static ChosenDevice OfProcessor() => new(null, cuBlas: false);

    /// <summary>Opens what the user asked for, and says on the error output what that is unless it is the processor by its name.</summary>
    /// <param name="context">Where to say it.</param>
    /// <param name="name"><c>cpu</c>, <c>auto</c>, a kind of device or a part of a device's name; <see langword="null"/> for the processor.</param>
    /// <param name="cuBlas">Whether cuBLAS is to compute plain products.</param>
    /// <exception cref="UsageException">cuBLAS was asked for on another device than one of CUDA.</exception>
    /// <exception cref="DeviceException">There is no such device, or it cannot be opened.</exception>
    public static ChosenDevice Open(CommandContext context, string? name, bool cuBlas)
    {
        if (name is null || name.Equals(Processor, StringComparison.OrdinalIgnoreCase))
            return new ChosenDevice(null, cuBlas);
        IDeviceHost host = context.Devices();
        if (name.Equals(DeviceKinds.Auto, StringComparison.OrdinalIgnoreCase) && !host.List().Any(device => device.Kind != DeviceKinds.IlgpuCpu))
        {
            context.Console.WriteErrorLine($"device: {Processor}; there is no CUDA or OpenCL device.");
            return new ChosenDevice(null, cuBlas);
        }

        ISimulatorDevice gpu = host.Open(name);
        context.Console.WriteErrorLine($"device: {gpu.Description.Name} ({gpu.Description.Kind})");
        return new ChosenDevice(gpu, cuBlas);
    }

    /// <summary>Compiles a spec for the device.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="cancellationToken">Asked by the C# compiler.</param>
    /// <exception cref="SpecException">The spec has mistakes.</exception>
    public SimulatorFactory Compile(SpecFile spec, CancellationToken cancellationToken) =>
        Gpu is null ? SimulatorCompiler.Compile(spec, cancellationToken) : SimulatorCompiler.CompileFor(Gpu, spec, cancellationToken, cuBlas: cuBlas);

    /// <inheritdoc/>
    public void Dispose() => Gpu?.Dispose();
}

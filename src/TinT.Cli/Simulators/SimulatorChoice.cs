using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Simulators;

/// <summary>Which simulator a command works with, on which weights, where and how it runs.</summary>
internal sealed record SimulatorChoice
{
    /// <summary>Path of the spec.</summary>
    public required string Spec { get; init; }

    /// <summary>Model directory; <see langword="null"/> if none was named.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Where the compiled simulator runs; <see langword="null"/> for the processor.</summary>
    public string? Device { get; init; }

    /// <summary>Whether cuBLAS computes plain products.</summary>
    public bool CuBlas { get; init; }

    /// <summary>Numbers of threads: one, unless several are to be measured one after another.</summary>
    public IReadOnlyList<int> ThreadCounts { get; init; } = [Environment.ProcessorCount];

    /// <summary>How the compiled simulator stores the matrices of the auxiliary model.</summary>
    public WeightStorage Weights { get; init; }

    /// <summary>Threads.</summary>
    public int Threads => ThreadCounts[0];

    /// <summary>How the simulator on the processor is loaded.</summary>
    public SimulatorOptions Options => new() { Threads = Threads, Weights = Weights };

    /// <summary>Reads the spec.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public SpecFile ReadSpec() => SpecFile.Read(Spec);

    /// <summary>Opens the device.</summary>
    /// <param name="context">Where to say what it is.</param>
    /// <exception cref="UsageException">cuBLAS was asked for on another device than one of CUDA.</exception>
    /// <exception cref="DeviceException">There is no such device, or it cannot be opened.</exception>
    public ChosenDevice OpenDevice(CommandContext context) => ChosenDevice.Open(context, Device, CuBlas);
}

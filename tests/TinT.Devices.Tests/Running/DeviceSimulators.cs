using TinT.Model;
using TinT.Models.Tests;
using TinT.Reference.Weights;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Devices.Tests.Running;

/// <summary>The cases on one device, which compiles each kernel once; nothing is compiled and no device opened before a test asks for a simulator.</summary>
public abstract class DeviceSimulators : IDisposable
{
    private readonly TemporaryFolder checkpoints = new();
    private readonly Lazy<GpuCode> code;
    private readonly Lazy<GpuDevice> device;

    /// <summary>Simulators for a device.</summary>
    /// <param name="open">Opens the device.</param>
    /// <param name="options">Specs that run on it besides the golden cases.</param>
    private protected DeviceSimulators(Func<GpuDevice> open, params IReadOnlyList<SmallSpec> options)
    {
        code = new Lazy<GpuCode>(() => new GpuCode(Specs(options)));
        device = new Lazy<GpuDevice>(open);
    }

    /// <summary>Compares a golden case with the authors' numbers, with the tolerances of the processor: these devices round to single precision as it does.</summary>
    /// <param name="name">The case.</param>
    /// <param name="form">The form of the update.</param>
    public void AssertAuthors(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        using ISimulator simulator = Load(golden, form);
        Agreements.AssertAuthors(simulator, golden);
    }

    /// <summary>Compares a spec with the equations in double, with the tolerances of the processor.</summary>
    /// <param name="spec">A spec that the device has.</param>
    internal void AssertPlain(SmallSpec spec)
    {
        AuxiliaryDescription auxiliary = spec.Description.Auxiliary;
        string checkpoint = checkpoints.File(spec.Model);
        RandomCheckpoint.Write(checkpoint, auxiliary, seed: 1);
        SimulationBatch batch = RandomBatch.Create(new Random(7), auxiliary, sequences: 1, tokens: 18, gradientMask: true, iclMask: true, positionIds: true);
        batch.TrainingMask.AsSpan(2, 12).Fill(1);
        using ISimulator simulator = code.Value.Load(device.Value, Space(spec.Update), spec.Model, checkpoint);
        Agreements.AssertPlain(simulator, checkpoint, batch);
    }

    /// <summary>Loads a golden case.</summary>
    /// <param name="golden">The case.</param>
    /// <param name="form">The form of the update.</param>
    public ISimulator Load(GoldenCase golden, string form) => code.Value.Load(device.Value, Space(form), golden.Description.Model, golden.Folder);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (device.IsValueCreated)
            device.Value.Dispose();
        checkpoints.Dispose();
        GC.SuppressFinalize(this);
    }

    private static IEnumerable<(string Text, string FileName, string Space)> Specs(IReadOnlyList<SmallSpec> options) =>
    [
        .. DeviceCases.GoldenForms.Select(row =>
            (File.ReadAllText(row.Golden.SpecPath).Replace("training:", $"training:\n  update: {row.Form}", StringComparison.Ordinal), row.Golden.SpecPath, Space(row.Form))),
        .. options.Select(spec => (spec.Text, spec.FileName, Space(spec.Update))),
    ];

    private static string Space(string form) => $"With_{form}";
}

/// <summary>The kernels that GPUs run, on OpenCL of the processor.</summary>
public sealed class WideSimulators() : DeviceSimulators(ProcessorOpenCl.Open);

/// <summary>The kernels of small groups, on ILGPU's own CPU device.</summary>
public sealed class NarrowSimulators() : DeviceSimulators(() => GpuDevices.Open(DeviceKinds.IlgpuCpu), DeviceCases.Options);

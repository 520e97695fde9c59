namespace ILGPU.Runtime;

/// <summary>GPUs that contexts of this flow of control find until it is disposed of. Outside of it there are none.</summary>
public sealed class EmulatedMachine : IDisposable
{
    private static readonly AsyncLocal<EmulatedMachine?> Innermost = new();

    private readonly EmulatedMachine? outer;
    private readonly EmulatedDevice[] devices;

    /// <summary>A machine with GPUs.</summary>
    /// <param name="devices">In the order in which their drivers list them.</param>
    public EmulatedMachine(params EmulatedDevice[] devices)
    {
        this.devices = devices;
        outer = Innermost.Value;
        Innermost.Value = this;
    }

    /// <summary>Goes back to the machine before.</summary>
    public void Dispose() => Innermost.Value = outer;

    internal static IEnumerable<Device> Find(AcceleratorType type) =>
        Innermost.Value?.devices.Where(device => device.AcceleratorType == type) ?? [];
}

using System.Collections.Immutable;
using ILGPU.Runtime;

namespace ILGPU;

/// <summary>Devices and what was compiled for them.</summary>
public sealed class Context : IDisposable
{
    /// <summary>Assembly that must see the internal types of kernel parameters.</summary>
    public const string RuntimeAssemblyName = "ILGPURuntime";

    private Context(Builder builder)
    {
        // As the real one does: a context is never without a device.
        Devices = builder.Devices.Count == 0 ? [CPUDeviceOfLastResort] : [.. builder.Devices];
        HasAlgorithms = builder.HasAlgorithms;
    }

    /// <summary>Devices that the builder asked for and found.</summary>
    public ImmutableArray<Device> Devices { get; }

    /// <summary>Whether <c>XMath</c> has code.</summary>
    internal bool HasAlgorithms { get; }

    /// <summary>Whether a kernel failed to compile; nothing compiles from then on.</summary>
    internal bool IsPoisoned { get; set; }

    private static Device CPUDeviceOfLastResort => Runtime.CPU.CPUDevice.Default;

    /// <summary>Creates a context.</summary>
    /// <param name="buildingCallback">Says which devices it lists.</param>
    public static Context Create(Action<Builder> buildingCallback)
    {
        ArgumentNullException.ThrowIfNull(buildingCallback);
        var builder = new Builder();
        buildingCallback(builder);
        return new Context(builder);
    }

    /// <summary>The device with the most memory, as in the real one; a GPU before a CPU unless that is preferred.</summary>
    /// <param name="preferCPU">Whether a CPU device is wanted.</param>
    public Device GetPreferredDevice(bool preferCPU) => Devices
        .OrderBy(device => (device.AcceleratorType == AcceleratorType.CPU) != preferCPU)
        .ThenByDescending(device => device.MemorySize)
        .First();

    /// <summary>Releases what was compiled.</summary>
    public void Dispose() => IsPoisoned = true;

    /// <summary>Collects devices.</summary>
    public sealed class Builder
    {
        internal Builder()
        {
        }

        internal List<Device> Devices { get; } = [];

        internal bool HasAlgorithms { get; set; }

        /// <summary>Sets how much kernels are optimised.</summary>
        /// <param name="level">The level.</param>
        public Builder Optimize(OptimizationLevel level)
        {
            if (!Enum.IsDefined(level))
                throw new ArgumentOutOfRangeException(nameof(level));
            return this;
        }
    }
}

using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace TinT.Runtime.Ilgpu;

/// <summary>
/// Devices that failed. Behind a kernel that does not compile ILGPU compiles nothing more in the same context, and behind one that does not run drivers launch nothing more.
/// </summary>
internal static class DeviceFailures
{
    private static readonly ConditionalWeakTable<Context, GpuDeviceException> First = [];

    /// <summary>Remembers a failure and returns what is to be thrown.</summary>
    /// <param name="accelerator">The device.</param>
    /// <param name="model">The model whose kernels it was to run.</param>
    /// <param name="failure">What ILGPU or the driver said.</param>
    public static GpuDeviceException Add(Accelerator accelerator, string model, Exception failure)
    {
        string reason = failure.GetBaseException().Message.TrimEnd('.');
        var told = new GpuDeviceException(
            $"{accelerator.Name} does not run the kernels of {model}: {reason}. Update its driver, or use another device.", failure);
        First.TryAdd(accelerator.Context, told);
        return told;
    }

    /// <summary>Refuses a device that failed.</summary>
    /// <exception cref="GpuDeviceException">It did.</exception>
    public static void ThrowIfFailed(Accelerator accelerator)
    {
        if (First.TryGetValue(accelerator.Context, out GpuDeviceException? first))
            throw new GpuDeviceException(
                $"{accelerator.Name} has failed before, and ILGPU runs nothing more on it: dispose of the device and open it again.", first);
    }
}

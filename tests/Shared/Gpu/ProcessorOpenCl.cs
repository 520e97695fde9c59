using System.Reflection;
using ILGPU;
using ILGPU.Runtime.OpenCL;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Simulation;

namespace TinT.Tests.Common;

/// <summary>
/// OpenCL on the processor, such as PoCL: its groups have as many threads as those of GPUs, so that it runs the kernels that GPUs run. PoCL 3 says
/// that it has no generic address space, for which ILGPU refuses the device; generated kernels have no pointer that would need one, and so the
/// device is told here that it has.
/// </summary>
internal static class ProcessorOpenCl
{
    /// <summary>What to do where there is none.</summary>
    public const string Missing = "No OpenCL device is the processor here; on Debian: apt-get install pocl-opencl-icd ocl-icd-libopencl1.";

    private static readonly PropertyInfo GenericAddressSpace = typeof(CLCapabilityContext).GetProperty(nameof(CLCapabilityContext.GenericAddressSpace))!;

    private static readonly Lazy<bool> Found = new(() => GpuDevices.List(Register).Any(device => device.Kind == DeviceKinds.OpenCl));

    /// <summary>Whether there is such a device.</summary>
    public static bool IsPresent => Found.Value;

    /// <summary>Adds such devices, and no others.</summary>
    /// <param name="builder">The context's builder.</param>
    public static void Register(Context.Builder builder) => builder.OpenCL(device =>
    {
        if (!device.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_CPU))
            return false;
        GenericAddressSpace.SetValue(device.Capabilities, true);
        return true;
    });

    /// <summary>Opens the device as the product opens one.</summary>
    public static GpuDevice Open() => GpuDevices.Open(DeviceKinds.OpenCl, Register);
}

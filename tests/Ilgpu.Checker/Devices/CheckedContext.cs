using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace Ilgpu.Checker.Devices;

/// <summary>Contexts with checked devices.</summary>
public static class CheckedContext
{
    /// <summary>Adds devices to a context.</summary>
    /// <param name="builder">The context's builder.</param>
    /// <param name="devices">In the order in which their drivers would list them.</param>
    public static Context.Builder Checked(this Context.Builder builder, params CheckedDevice[] devices)
    {
        foreach (CheckedDevice device in devices)
            RegistryOf(builder).Register(device);
        return builder;
    }

    /// <summary>ILGPU lets devices be written outside of it, but not registered.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_DeviceRegistry")]
    private static extern DeviceRegistry RegistryOf(Context.Builder builder);
}

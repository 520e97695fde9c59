namespace ILGPU.Runtime.CPU;

/// <summary>CPU devices.</summary>
public static class CPUContextExtensions
{
    /// <summary>Adds the default CPU device.</summary>
    /// <param name="builder">The builder.</param>
    public static Context.Builder DefaultCPU(this Context.Builder builder) => builder.CPU(CPUDevice.Default);

    /// <summary>Adds a CPU device.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="device">The device.</param>
    public static Context.Builder CPU(this Context.Builder builder, CPUDevice device)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Devices.Add(device);
        return builder;
    }
}

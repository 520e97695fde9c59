namespace ILGPU.Runtime.OpenCL;

/// <summary>OpenCL devices.</summary>
public static class CLContextExtensions
{
    /// <summary>Adds all OpenCL devices.</summary>
    /// <param name="builder">The builder.</param>
    public static Context.Builder OpenCL(this Context.Builder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Devices.AddRange(EmulatedMachine.Find(AcceleratorType.OpenCL));
        return builder;
    }
}

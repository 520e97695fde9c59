namespace ILGPU.Runtime.Cuda;

/// <summary>CUDA devices.</summary>
public static class CudaContextExtensions
{
    /// <summary>Adds all CUDA devices.</summary>
    /// <param name="builder">The builder.</param>
    public static Context.Builder Cuda(this Context.Builder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Devices.AddRange(EmulatedMachine.Find(AcceleratorType.Cuda));
        return builder;
    }
}

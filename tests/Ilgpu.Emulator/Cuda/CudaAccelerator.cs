namespace ILGPU.Runtime.Cuda;

/// <summary>An open CUDA device.</summary>
public sealed class CudaAccelerator : EmulatedAccelerator
{
    internal CudaAccelerator(Context context, EmulatedDevice device)
        : base(context, device) => HasCuBlas = device.HasCuBlas;

    /// <summary>Whether the machine has the library cuBLAS.</summary>
    internal bool HasCuBlas { get; }
}

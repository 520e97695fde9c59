namespace ILGPU.Runtime;

/// <summary>Kinds of devices.</summary>
public enum AcceleratorType
{
    /// <summary>ILGPU's own CPU device.</summary>
    CPU,

    /// <summary>An NVIDIA GPU.</summary>
    Cuda,

    /// <summary>An OpenCL device.</summary>
    OpenCL,
}

namespace TinT.Runtime.Simulation;

/// <summary>Words for kinds of devices, which also ask for the first device of the kind.</summary>
public static class DeviceKinds
{
    /// <summary>NVIDIA GPUs.</summary>
    public const string Cuda = "cuda";

    /// <summary>Devices with an OpenCL driver.</summary>
    public const string OpenCl = "opencl";

    /// <summary>ILGPU's own device, which runs GPU kernels on the processor: for checking them.</summary>
    public const string IlgpuCpu = "ilgpu-cpu";

    /// <summary>Asks for whichever there is, CUDA before OpenCL.</summary>
    public const string Auto = "auto";
}

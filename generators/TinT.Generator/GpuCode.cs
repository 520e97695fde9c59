namespace TinT.Generator;

/// <summary>What a compilation gets for GPUs.</summary>
internal enum GpuCode
{
    /// <summary>Nothing: it does not reference ILGPU 1.x with its algorithms, or does not want to.</summary>
    None,

    /// <summary>GPU kernels and simulators; what they call is in a reference.</summary>
    Kernels,

    /// <summary>GPU kernels and simulators, and what they call.</summary>
    KernelsAndHost,
}

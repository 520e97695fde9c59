using ILGPU.Runtime;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Ilgpu;

/// <summary>How a GPU simulator works. The defaults need nothing but the device.</summary>
public sealed record GpuSimulatorOptions
{
    /// <summary>
    /// Whether NVIDIA's cuBLAS computes products that have nothing fused to them: logits, the loss gradient and gradients of inputs. Needs a CUDA device
    /// and the library of version 10 to 13. Its sums are in another order, so that results differ within rounding.
    /// </summary>
    public bool CuBlas { get; init; }

    /// <summary>Told how far loading is, after each tensor and on the thread that loads; <see langword="null"/> for nobody.</summary>
    public IProgress<LoadingProgress>? Loading { get; init; }

    /// <summary>Opens the library that computes those products.</summary>
    internal Func<Accelerator, IGemm> Library { get; init; } = CuBlasGemm.Open;
}

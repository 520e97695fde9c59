using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace TinT.Runtime.Ilgpu;

/// <summary>Products by NVIDIA's cuBLAS.</summary>
internal sealed class CuBlasGemm : IGemm
{
    private readonly Accelerator accelerator;
    private readonly CuBlas cuBlas;

    private CuBlasGemm(Accelerator accelerator, CuBlas cuBlas)
    {
        this.accelerator = accelerator;
        this.cuBlas = cuBlas;
    }

    /// <summary>Opens the library.</summary>
    /// <exception cref="GpuDeviceException">The device is none of CUDA, or the library is not there.</exception>
    public static IGemm Open(Accelerator accelerator)
    {
        if (accelerator is not CudaAccelerator cuda)
            throw new GpuDeviceException($"{accelerator.Name} is no CUDA device, and cuBLAS needs one: leave cuBLAS out, or open a CUDA device.");
        NativeLibraries.ResolveCuBlas();
        try
        {
            return new CuBlasGemm(accelerator, new CuBlas(cuda));
        }
        catch (Exception refusal) when (refusal is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new GpuDeviceException(
                $"The library cuBLAS could not be loaded: install it, version 10 to 13 (it comes with NVIDIA's CUDA toolkit), where the system finds libraries, or leave cuBLAS out. ({refusal.Message})", refusal);
        }
        catch (CuBlasException refusal)
        {
            throw Failure(accelerator, refusal);
        }
    }

    /// <inheritdoc/>
    public void Multiply(
        CuBlasOperation ofLeft,
        CuBlasOperation ofRight,
        int rows,
        int columns,
        int terms,
        ArrayView<float> left,
        int leftStride,
        ArrayView<float> right,
        int rightStride,
        ArrayView<float> result,
        int resultStride)
    {
        try
        {
            cuBlas.Gemm(ofLeft, ofRight, rows, columns, terms, 1f, left, leftStride, right, rightStride, 0f, result, resultStride);
        }
        catch (CuBlasException refusal)
        {
            throw Failure(accelerator, refusal);
        }
    }

    public void Dispose() => cuBlas.Dispose();

    private static GpuDeviceException Failure(Accelerator accelerator, CuBlasException refusal) =>
        new($"cuBLAS fails on {accelerator.Name}: {refusal.Error}. Update it and the driver, or leave cuBLAS out.", refusal);
}

using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using View = ILGPU.Runtime.ArrayView1D<float, ILGPU.Stride1D.Dense>;

namespace TinT.Runtime.Ilgpu;

/// <summary>Products by NVIDIA's cuBLAS, on the stream that kernels are launched on.</summary>
internal sealed class CuBlasProducts : IDisposable
{
    private readonly Accelerator accelerator;
    private readonly CuBlas cuBlas;

    private CuBlasProducts(Accelerator accelerator, CuBlas cuBlas)
    {
        this.accelerator = accelerator;
        this.cuBlas = cuBlas;
    }

    /// <summary>Opens the library.</summary>
    /// <exception cref="GpuDeviceException">The device is none of CUDA, or the library is not there.</exception>
    public static CuBlasProducts Open(Accelerator accelerator)
    {
        if (accelerator is not CudaAccelerator cuda)
            throw new GpuDeviceException($"{accelerator.Name} is no CUDA device, and cuBLAS needs one: leave cuBLAS out, or open a CUDA device.");
        NativeLibraries.ResolveCuBlas();
        try
        {
            return new CuBlasProducts(accelerator, new CuBlas(cuda));
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

    /// <summary>result = left · right, all with their rows one behind the other.</summary>
    /// <param name="left">[rows, terms].</param>
    /// <param name="leftStride">Floats from one row of it to the next.</param>
    /// <param name="right">[terms, columns], or if transposed [columns, terms].</param>
    /// <param name="rightStride">Floats from one row of it to the next.</param>
    /// <param name="transposed">Whether the right operand is transposed.</param>
    /// <param name="result">[rows, columns].</param>
    /// <param name="resultStride">Floats from one row of it to the next.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="columns">Columns of the result.</param>
    /// <param name="terms">Terms of the sums.</param>
    /// <exception cref="GpuDeviceException">The library refuses the product.</exception>
    public void Multiply(View left, int leftStride, View right, int rightStride, bool transposed, View result, int resultStride, int rows, int columns, int terms)
    {
        // Matrices of the library have their columns one behind the other: what lies here as rows is there the transpose, and so the operands change places.
        CuBlasOperation operation = transposed ? CuBlasOperation.Transpose : CuBlasOperation.NonTranspose;
        try
        {
            cuBlas.Gemm(operation, CuBlasOperation.NonTranspose, columns, rows, terms, 1f, right.BaseView, rightStride, left.BaseView, leftStride, 0f, result.BaseView, resultStride);
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

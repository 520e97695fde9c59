using ILGPU;
using ILGPU.Runtime.Cuda;

namespace TinT.Runtime.Ilgpu;

/// <summary>Products of matrices as BLAS defines them: matrices have their columns one behind the other.</summary>
internal interface IGemm : IDisposable
{
    /// <summary>result = op(left) · op(right), on the stream that kernels are launched on.</summary>
    /// <param name="ofLeft">Whether the left operand is transposed.</param>
    /// <param name="ofRight">Whether the right operand is transposed.</param>
    /// <param name="rows">Rows of op(left) and of the result.</param>
    /// <param name="columns">Columns of op(right) and of the result.</param>
    /// <param name="terms">Terms of the sums.</param>
    /// <param name="left">Left operand.</param>
    /// <param name="leftStride">Floats from one column of it to the next.</param>
    /// <param name="right">Right operand.</param>
    /// <param name="rightStride">Floats from one column of it to the next.</param>
    /// <param name="result">Result.</param>
    /// <param name="resultStride">Floats from one column of it to the next.</param>
    /// <exception cref="GpuDeviceException">The library refuses the product.</exception>
    void Multiply(
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
        int resultStride);
}

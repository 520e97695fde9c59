using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using Ilgpu.Checker.Libraries;
using TinT.Runtime.Ilgpu;

namespace TinT.Ilgpu.Tests;

/// <summary>Products in the place of cuBLAS's on the memory of a checked device.</summary>
internal sealed class CheckedGemm : IGemm
{
    private readonly Accelerator accelerator;

    private CheckedGemm(Accelerator accelerator) => this.accelerator = accelerator;

    /// <summary>Options of a simulator that uses it.</summary>
    public static GpuSimulatorOptions Options => new() { CuBlas = true, Library = accelerator => new CheckedGemm(accelerator) };

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
        Assert.Same(accelerator, Accelerator.Current);
        ColumnProduct.Compute(ofLeft, ofRight, rows, columns, terms, left, leftStride, right, rightStride, result, resultStride);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}

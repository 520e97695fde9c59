using ILGPU.Execution;

namespace ILGPU.Runtime.Cuda;

/// <summary>The library cuBLAS. Its matrices have their columns one behind the other.</summary>
/// <remarks>The real library writes where it is told to; here places outside of a view and values that nothing has written fail.</remarks>
public sealed class CuBlas : IDisposable
{
    private readonly CudaAccelerator accelerator;
    private bool disposed;

    /// <summary>Loads the library.</summary>
    /// <param name="accelerator">The device.</param>
    /// <exception cref="DllNotFoundException">The machine does not have it.</exception>
    public CuBlas(CudaAccelerator accelerator)
    {
        ArgumentNullException.ThrowIfNull(accelerator);
        if (!accelerator.HasCuBlas)
            throw new DllNotFoundException("Unable to load shared library 'libcublas.so.12' or one of its dependencies.");
        this.accelerator = accelerator;
        accelerator.Bind();
    }

    /// <summary>c = alpha · op(a) op(b) + beta · c, on the default stream.</summary>
    /// <param name="transa">What is done to a.</param>
    /// <param name="transb">What is done to b.</param>
    /// <param name="m">Rows of op(a) and c.</param>
    /// <param name="n">Columns of op(b) and c.</param>
    /// <param name="k">Columns of op(a), rows of op(b).</param>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="a">Left operand.</param>
    /// <param name="lda">Elements from one column of it to the next.</param>
    /// <param name="b">Right operand.</param>
    /// <param name="ldb">Elements from one column of it to the next.</param>
    /// <param name="beta">Factor of what c was; with 0 it is not read.</param>
    /// <param name="c">Result.</param>
    /// <param name="ldc">Elements from one column of it to the next.</param>
    /// <exception cref="CuBlasException">A size is negative, or a stride shorter than a column.</exception>
    public void Gemm(
        CuBlasOperation transa,
        CuBlasOperation transb,
        int m,
        int n,
        int k,
        float alpha,
        ArrayView<float> a,
        int lda,
        ArrayView<float> b,
        int ldb,
        float beta,
        ArrayView<float> c,
        int ldc)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        accelerator.Bind();
        var left = new ColumnMatrix("a", a, lda, m, k, transa);
        var right = new ColumnMatrix("b", b, ldb, k, n, transb);
        var result = new ColumnMatrix("c", c, ldc, m, n, CuBlasOperation.NonTranspose);
        for (int column = 0; column < n; column++)
        {
            for (int row = 0; row < m; row++)
            {
                float sum = 0;
                for (int term = 0; term < k; term++)
                    sum += left.Read(row, term) * right.Read(term, column);
                result.Write(row, column, (alpha * sum) + (beta == 0 ? 0 : beta * result.Read(row, column)));
            }
        }

        DeviceRecorder.Launched(new LaunchRecord("Gemm", 1, 0, 0, 0, (long)m * n));
    }

    /// <summary>Gives the library back.</summary>
    public void Dispose() => disposed = true;
}

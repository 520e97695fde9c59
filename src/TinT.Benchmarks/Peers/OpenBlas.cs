using System.Runtime.InteropServices;
using TinT.Runtime.Cpu;

namespace TinT.Benchmarks.Peers;

/// <summary>The <c>sgemm</c> of an installed OpenBLAS (Debian: <c>libopenblas0-pthread</c>), to measure against.</summary>
internal sealed unsafe class OpenBlas : IDisposable
{
    private const int RowMajor = 101, Plain = 111, Transposed = 112;

    private readonly nint handle;
    private readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> sgemm;

    private OpenBlas(nint library, int threads)
    {
        handle = library;
        sgemm = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
            NativeLibrary.GetExport(library, "cblas_sgemm");
        ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads"))(threads);
    }

    /// <summary>Loads the library; <see langword="null"/> if it is not installed.</summary>
    /// <param name="threads">Threads it may use.</param>
    public static OpenBlas? TryLoad(int threads) =>
        NativeLibrary.TryLoad("libopenblas.so.0", out nint library) ? new OpenBlas(library, threads) : null;

    /// <summary>y = x Wᵀ.</summary>
    public void Linear(MatrixView x, MatrixView w, MatrixView y) =>
        sgemm(RowMajor, Plain, Transposed, y.Rows, y.Columns, x.Columns, 1, x.Pointer, x.Stride, w.Pointer, w.Stride, 0, y.Pointer, y.Stride);

    /// <summary>dx = dy W.</summary>
    public void Backward(MatrixView dy, MatrixView w, MatrixView dx) =>
        sgemm(RowMajor, Plain, Plain, dx.Rows, dx.Columns, dy.Columns, 1, dy.Pointer, dy.Stride, w.Pointer, w.Stride, 0, dx.Pointer, dx.Stride);

    /// <summary>W −= scale · dyᵀ x, in place.</summary>
    public void Descent(MatrixView dy, MatrixView x, float scale, MatrixView w) =>
        sgemm(RowMajor, Transposed, Plain, w.Rows, w.Columns, dy.Rows, -scale, dy.Pointer, dy.Stride, x.Pointer, x.Stride, 1, w.Pointer, w.Stride);

    /// <inheritdoc/>
    public void Dispose() => NativeLibrary.Free(handle);
}

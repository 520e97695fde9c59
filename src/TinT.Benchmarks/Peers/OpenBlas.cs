using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Benchmarks.Peers;

/// <summary>The <c>sgemm</c> of an installed OpenBLAS (Debian: <c>libopenblas0-pthread</c>), to measure against.</summary>
internal sealed unsafe partial class OpenBlas : IDisposable
{
    /// <summary>The environment variable that tells OpenBLAS whose kernels to use.</summary>
    public const string CoreVariable = "OPENBLAS_CORETYPE";

    /// <summary>How long to wait until the library's idle threads have stopped polling for work: 2²⁸ cycles of the time stamp counter are 134 ms at 2 GHz.</summary>
    public const int PollingMilliseconds = 150;

    private const int RowMajor = 101, Plain = 111, Transposed = 112;

    private readonly nint handle;
    private readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> sgemm;

    private OpenBlas(nint library, int threads)
    {
        handle = library;
        Core = Marshal.PtrToStringAnsi(((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "openblas_get_corename"))()) ?? "";
        sgemm = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
            NativeLibrary.GetExport(library, "cblas_sgemm");
        ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads"))(threads);
    }

    /// <summary>
    /// The processor whose kernels serve OpenBLAS best: <c>SkylakeX</c> where there is AVX-512; <see langword="null"/>: its own choice.
    /// OpenBLAS takes its AVX2 kernels on processors that it does not know, such as those younger than itself, and does half as much there as it could.
    /// </summary>
    public static string? BestCore => Avx512F.IsSupported ? "SkylakeX" : null;

    /// <summary>The processor whose kernels the library uses.</summary>
    public string Core { get; }

    /// <summary>Loads the library; <see langword="null"/> if it is not installed.</summary>
    /// <param name="threads">Threads it may use.</param>
    public static OpenBlas? TryLoad(int threads)
    {
        // The library reads the variable as it is loaded, from the C library, which does not see what .NET sets.
        if (BestCore is { } core && SetEnvironment(CoreVariable, core, 1) != 0)
            throw new InvalidOperationException($"{CoreVariable} could not be set.");
        return NativeLibrary.TryLoad("libopenblas.so.0", out nint library) ? new OpenBlas(library, threads) : null;
    }

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

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}

using TinT.Runtime.Ilgpu;

namespace TinT.Ilgpu.Tests;

/// <summary>Under which other name libraries are looked for.</summary>
public sealed class NativeLibrariesTests
{
    [Theory]
    [InlineData("libOpenCL.so")]
    [InlineData("OpenCL")]
    [InlineData("libOpenCL")]
    [InlineData("opencl.dll")]
    [InlineData("libOpenCL.so.1")]
    [InlineData("/usr/lib/libOpenCL.so")]
    public void The_OpenCL_loader_has_its_runtime_name_on_Linux(string library) =>
        Assert.Equal(OperatingSystem.IsLinux() ? "libOpenCL.so.1" : null, NativeLibraries.OtherNameOf(library));

    [Theory]
    [InlineData("libcublas.so.12", "libcublas.so.13")]
    [InlineData("cublas64_12", "cublas64_13.dll")]
    [InlineData("cublas64_12.dll", "cublas64_13.dll")]
    public void Version_13_of_cuBLAS_stands_in_for_12(string library, string other) => Assert.Equal(other, NativeLibraries.OtherNameOf(library));

    [Theory]
    [InlineData("libcuda.so")]
    [InlineData("cublas64_11")]
    [InlineData("libcublasLt.so.12")]
    [InlineData("libOpenCLTools.so")]
    [InlineData("libm")]
    [InlineData("")]
    public void Every_other_library_is_left_alone(string library) => Assert.Null(NativeLibraries.OtherNameOf(library));
}

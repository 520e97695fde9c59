using TinT.Runtime.Ilgpu;

namespace TinT.Ilgpu.Tests;

/// <summary>Under which name the OpenCL loader is looked for.</summary>
public sealed class OpenClLibraryTests
{
    [Theory]
    [InlineData("libOpenCL.so")]
    [InlineData("OpenCL")]
    [InlineData("libOpenCL")]
    [InlineData("opencl.dll")]
    [InlineData("libOpenCL.so.1")]
    [InlineData("/usr/lib/libOpenCL.so")]
    public void The_loader_has_its_runtime_name(string library) => Assert.Equal("libOpenCL.so.1", OpenClLibrary.RuntimeNameOf(library));

    [Theory]
    [InlineData("libcuda.so")]
    [InlineData("cublas64_12")]
    [InlineData("libOpenCLTools.so")]
    [InlineData("libm")]
    [InlineData("")]
    public void Every_other_library_is_left_alone(string library) => Assert.Null(OpenClLibrary.RuntimeNameOf(library));
}

using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using TinT.Tests.Common;

namespace TinT.Devices.Tests.Compiling;

/// <summary>ILGPU compiles the shipped kernels to what the drivers of GPUs are given, which takes no GPU.</summary>
/// <param name="kernels">The kernels.</param>
public sealed partial class CompilationTests(ShippedKernels kernels) : IClassFixture<ShippedKernels>
{
    /// <summary>Static shared memory of a group that every CUDA device has.</summary>
    private const int CudaSharedBytes = 48 << 10;

    /// <summary>Local memory of a group that every OpenCL device of the full profile has.</summary>
    private const int OpenClLocalBytes = 32 << 10;

    /// <summary>Functions and statements of OpenCL C: nothing that takes an extension, and nothing less exact than the standard asks for.</summary>
    private static readonly HashSet<string> OpenClNames =
        ["if", "min", "max", "exp", "fmax", "fmin", "fabs", "sqrt", "work_group_barrier", "get_local_id", "get_group_id", "get_global_id"];

    [Fact]
    public void Every_kernel_compiles_to_PTX_without_calls_and_without_local_memory()
    {
        using var ampere = new PTXBackend(kernels.Context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, nvvmAPI: null!);
        using var hopper = new PTXBackend(kernels.Context, CudaArchitecture.SM_90, CudaInstructionSet.ISA_78, nvvmAPI: null!);

        Assert.All(kernels.All, kernel =>
        {
            string code = Ptx(ampere, kernel);

            AssertPtx(kernel, code);

            // The two differ in the version of PTX alone: ILGPU 1.5 states the architecture that what it knows of needs, which is SM 8.0.
            if (kernels.WideOfGpt2.Contains(kernel))
                Assert.Equal(WithoutNumbers(code).Replace(".version 7.0", ".version 7.8", StringComparison.Ordinal), WithoutNumbers(Ptx(hopper, kernel)));
        });
    }

    /// <summary>A change of these numbers is to be looked at: more loads, barriers or registers are a slower kernel.</summary>
    [Fact]
    public void The_wide_kernels_of_GPT2_have_the_instructions_and_registers_that_they_had()
    {
        using var backend = new PTXBackend(kernels.Context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, nvvmAPI: null!);

        Snapshot.Match(PtxCounts.Heads + string.Concat(kernels.WideOfGpt2.Select(kernel => PtxCounts.Of(kernel.Name, Ptx(backend, kernel)))), "txt");
    }

    [Fact]
    public void Every_kernel_compiles_to_OpenCL_C_without_pointers_of_the_generic_address_space()
    {
        var capabilities = new CLCapabilityContext(float16: false, float64: false, genericAddressSpace: true, int64_Atomics: false, subGroups: false);
        using var backend = new CLBackend(kernels.Context, capabilities, CLDeviceVendor.Other, CLCVersion.CL20);

        Assert.All(kernels.All, kernel => AssertOpenCl(kernel, ((CLCompiledKernel)ShippedKernels.Compile(backend, kernel)).Source));
    }

    private static string Ptx(PTXBackend backend, MethodInfo kernel) => ((PTXCompiledKernel)ShippedKernels.Compile(backend, kernel)).PTXAssembly;

    private static void AssertPtx(MethodInfo kernel, string code)
    {
        Assert.Contains(".version 7.0", code, StringComparison.Ordinal);
        Assert.Contains($".visible .entry {ShippedKernels.EntryOf(kernel)}(", code, StringComparison.Ordinal);
        Assert.Contains("st.global.f32", code, StringComparison.Ordinal);
        Assert.DoesNotMatch(UnwantedPtx(), code);
        Assert.Equal(["ex2.approx.f32"], ApproximatePtx().Matches(code).Select(match => match.Value).Append("ex2.approx.f32").Distinct());
        Assert.InRange(SharedPtx().Matches(code).Sum(match => int.Parse(match.Groups["bytes"].Value, CultureInfo.InvariantCulture)), 0, CudaSharedBytes);
    }

    private static void AssertOpenCl(MethodInfo kernel, string code)
    {
        string entry = ShippedKernels.EntryOf(kernel);
        Assert.Contains($"kernel void {entry}(", code, StringComparison.Ordinal);
        Assert.Equal([], NameOpenCl().Matches(code).Select(match => match.Groups["name"].Value).Where(name => name != entry).Except(OpenClNames));
        Assert.DoesNotMatch(UnwantedOpenCl(), code);
        Assert.InRange(LocalOpenCl().Matches(code).Sum(match => sizeof(float) * int.Parse(match.Groups["floats"].Value, CultureInfo.InvariantCulture)), 0, OpenClLocalBytes);
    }

    /// <summary>Values are numbered through all that a context compiles.</summary>
    private static string WithoutNumbers(string ptx) => ValueNumber().Replace(ptx, string.Empty);

    /// <summary>Functions that the driver would have to link, memory of a thread outside its registers, and double precision.</summary>
    [GeneratedRegex(@"\bcall\b|\.extern\b|\.local\b|__local_depot|\.f64\b|\.f16\b")]
    private static partial Regex UnwantedPtx();

    [GeneratedRegex(@"\b\w+\.approx[.\w]*")]
    private static partial Regex ApproximatePtx();

    [GeneratedRegex(@"\.shared \.align \d+ \.b8 \w+\[(?<bytes>\d+)\];")]
    private static partial Regex SharedPtx();

    [GeneratedRegex(@"(?<=[A-Za-z])_\d+\b")]
    private static partial Regex ValueNumber();

    [GeneratedRegex(@"\b(?<name>[A-Za-z_]\w*) ?\(")]
    private static partial Regex NameOpenCl();

    /// <summary>Extensions, types of other precision, and types of pointers without an address space.</summary>
    [GeneratedRegex(@"#pragma|\bdouble\b|\bhalf\b|\bgeneric\b|^typedef (?!(global|local) )\w+\*", RegexOptions.Multiline)]
    private static partial Regex UnwantedOpenCl();

    [GeneratedRegex(@"^\s*local float \w+\[(?<floats>\d+)\];", RegexOptions.Multiline)]
    private static partial Regex LocalOpenCl();
}

using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Package.Tests;

/// <summary>Projects outside the repository that have the package and an ILGPU, here the emulator under ILGPU's name.</summary>
[Collection(SharedPackage.Name), Trait("Speed", "Slow")]
public sealed class GpuConsumerTests(PackedPackage package)
{
    private static readonly string ilgpu = $"-p:IlgpuPath={RepositoryFiles.InRepository("tests", "Ilgpu.Emulator", "bin", Dotnet.Configuration, "net10.0", "ILGPU.dll")}";

    private static readonly GoldenCase opt = GoldenCases.Open("opt_2step_all_f70");

    [Fact]
    public void A_project_with_ILGPU_runs_its_GPU_simulator_and_one_property_takes_it_away()
    {
        string project = package.CopyConsumer("Gpu", ("opt.tint.yaml", opt));

        package.AssertBuilds(project, ilgpu);
        string output = Path.Combine(project, "result.safetensors");
        string printed = Dotnet.RunSuccessfully(project, Path.Combine("bin", "Debug", "net10.0", "App.dll"), opt.Folder, opt.InputPath, output);

        Assert.Equal("Opt2stepAllF70: 1 of 32 tokens over 101 on CPUAccelerator\n", printed.ReplaceLineEndings("\n"));
        using SafetensorsFile result = SafetensorsFile.Open(output);
        double[] before = opt.ReadExpected("logits_before");

        // As in the tests of GPU simulators: one ReLU of this case is near its kink.
        Assert.InRange(Difference.Largest(result["logits_before"].ReadDoubles(), before), 0, 1e-5);
        Assert.InRange(Difference.OfUpdate(result["logits_after"].ReadDoubles(), opt.ReadExpected("logits_after"), before), 0, 2e-4);
        Assert.Contains("TinT.Runtime.Ilgpu.GpuDevices.g.cs", Generated(project));

        (int exitCode, string errors) = package.Build(project, "--no-restore", ilgpu, "-p:TintGpu=false");
        Assert.Equal(1, exitCode);
        Assert.Contains("error CS0234: The type or namespace name 'Ilgpu' does not exist in the namespace 'TinT.Runtime'", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_and_its_user_share_what_GPU_simulators_call()
    {
        string folder = package.CopyConsumer(
            "Transitive",
            ("Library/gpt2.tint.yaml", GoldenCases.Open("gpt2_var_mask_all_ones")),
            ("App/opt.tint.yaml", opt));
        string app = Path.Combine(folder, "App");
        File.AppendAllText(Path.Combine(app, "Program.cs"), "Console.WriteLine(typeof(Opt2stepAllF70GpuSimulator).BaseType!.BaseType!.Assembly.GetName().Name);\n");

        package.AssertBuilds(app, ilgpu, "-p:TreatWarningsAsErrors=true");

        string printed = Dotnet.RunSuccessfully(app, Path.Combine("bin", "Debug", "net10.0", "App.dll"));
        Assert.Equal("Gpt2VarMaskAllOnes Opt2stepAllF70\nLibrary\n", printed.ReplaceLineEndings("\n"));
    }

    private static IEnumerable<string?> Generated(string project) =>
        Directory.GetFiles(Path.Combine(project, "obj", "Debug", "net10.0", "generated", "TinT.Generator", "TinT.Generator.TintGenerator")).Select(Path.GetFileName);
}

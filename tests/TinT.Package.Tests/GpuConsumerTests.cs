using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Package.Tests;

/// <summary>Projects outside the repository that have the package for GPUs.</summary>
[Collection(SharedPackage.Name), Trait("Speed", "Slow")]
public sealed class GpuConsumerTests(PackedPackage package)
{
    [Fact]
    public void A_project_with_the_GPU_package_runs_its_GPU_simulator_and_one_property_takes_it_away()
    {
        GoldenCase golden = GoldenCases.Open("gpt2_var_mask_all_ones");
        string project = package.CopyConsumer("Gpu", ("gpt2.tint.yaml", golden));

        package.AssertBuilds(project);
        string output = Path.Combine(project, "result.safetensors");
        string printed = Dotnet.RunSuccessfully(project, Path.Combine("bin", "Debug", "net10.0", "App.dll"), golden.Folder, golden.InputPath, output);

        Assert.Matches("^Gpt2VarMaskAllOnes: 1 of [0-9]+ tokens over [0-9]+ on CPUAccelerator\r?\n$", printed);
        using SafetensorsFile result = SafetensorsFile.Open(output);
        double[] before = golden.ReadExpected("logits_before");

        // The tolerances of the processor.
        Assert.InRange(Difference.Largest(result["logits_before"].ReadDoubles(), before), 0, 1e-5);
        Assert.InRange(Difference.OfUpdate(result["logits_after"].ReadDoubles(), golden.ReadExpected("logits_after"), before), 0, 5e-5);
        Assert.Contains("Gpt2VarMaskAllOnes.GpuSimulator.g.cs", Generated(project));

        (int exitCode, string errors) = package.Build(project, "--no-restore", "-p:TintGpu=false");
        Assert.Equal(1, exitCode);
        Assert.Contains("error CS0103: The name 'Gpt2VarMaskAllOnesGpuSimulator' does not exist in the current context", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_with_the_GPU_package_hands_it_to_its_user()
    {
        string folder = package.CopyConsumer(
            "Transitive",
            ("Library/gpt2.tint.yaml", GoldenCases.Open("gpt2_var_mask_all_ones")),
            ("App/opt.tint.yaml", GoldenCases.Open("opt_2step_all_f70")));
        string app = Path.Combine(folder, "App");
        File.AppendAllText(
            Path.Combine(app, "Program.cs"), "Console.WriteLine(typeof(Opt2stepAllF70GpuSimulator).BaseType!.BaseType!.Assembly.GetName().Name);\n");

        package.AssertBuilds(app, "-p:Devices=.Gpu", "-p:TreatWarningsAsErrors=true");

        string printed = Dotnet.RunSuccessfully(app, Path.Combine("bin", "Debug", "net10.0", "App.dll"));
        Assert.Equal("Gpt2VarMaskAllOnes Opt2stepAllF70\nTinT.Runtime.Ilgpu\n", printed.ReplaceLineEndings("\n"));
    }

    private static IEnumerable<string?> Generated(string project) =>
        Directory.GetFiles(Path.Combine(project, "obj", "Debug", "net10.0", "generated", "TinT.Generator", "TinT.Generator.TintGenerator")).Select(
            Path.GetFileName);
}

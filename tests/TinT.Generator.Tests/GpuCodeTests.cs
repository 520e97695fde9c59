using TinT.Tests.Common;

namespace TinT.Generator.Tests;

/// <summary>Which projects get GPU code.</summary>
public sealed class GpuCodeTests
{
    private const string Assembly = "TinT.Runtime.Ilgpu", Host = "namespace TinT.Runtime.Ilgpu { public class IlgpuSimulator; }";

    private static readonly string[] Added = ["First.GpuPasses.g.cs", "First.GpuSimulator.g.cs", "First.IlgpuKernels.g.cs"];

    private static readonly SmallSpec First = new("First");

    [Fact]
    public void A_project_with_the_GPU_package_gets_GPU_kernels_and_a_GPU_simulator_and_nothing_else()
    {
        GeneratorHost project = new(MemoryText.Of(First));
        IReadOnlyDictionary<string, string> before = project.Sources;

        project.Reference(Assembly, Host);

        Assert.Equal(["First"], project.CompiledModels);
        Assert.Equal(Added, project.Sources.Keys.Except(before.Keys).Order(StringComparer.Ordinal));
        Assert.All(before, source => Assert.Equal(source.Value, project.Sources[source.Key]));
        project.EditCode("class Program { int other; }");
        Assert.Empty(project.CompiledModels);
    }

    [Fact]
    public void Kernels_of_GPT2_are_a_few_lines_each()
    {
        string path = RepositoryFiles.InRepository("specs", "gpt2.tint.yaml");
        GeneratorHost project = new(new MemoryText(path, File.ReadAllBytes(path)));
        project.Reference(Assembly, Host);

        Snapshot.Match(project.Sources["Gpt2.IlgpuKernels.g.cs"], "cs", "IlgpuKernels");
        Assert.InRange(project.Sources.Values.Sum(text => text.Count(character => character == '\n')), 1000, 3000);
    }

    [Fact]
    public void A_project_that_has_ILGPU_for_itself_gets_none()
    {
        GeneratorHost project = new(MemoryText.Of(First));
        IReadOnlyDictionary<string, string> before = project.Sources;

        project.Reference("ILGPU", "namespace ILGPU { public class Context; }");
        project.Reference("ILGPU.Algorithms", "namespace ILGPU.Algorithms { public class XMath; }");

        Assert.Equal(before, project.Sources);
        Assert.Empty(project.CompiledModels);
    }

    [Fact]
    public void The_property_TintGpu_keeps_GPU_code_out()
    {
        GeneratorHost project = new(MemoryText.Of(First));
        IReadOnlyDictionary<string, string> before = project.Sources;
        project.Reference(Assembly, Host);
        Assert.NotEqual(before.Count, project.Sources.Count);

        project.SetProperty("TintGpu", " False ");
        Assert.Equal(before, project.Sources);

        project.SetProperty("TintGpu", "");
        Assert.NotEqual(before.Count, project.Sources.Count);
    }
}

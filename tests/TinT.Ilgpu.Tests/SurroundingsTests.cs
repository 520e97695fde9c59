using TinT.Compiler;
using TinT.Compiler.Compilation;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>Code for GPUs in projects that are not made for it, and what such projects get for a spec with a mistake.</summary>
public sealed class SurroundingsTests
{
    [Theory]
    [InlineData("TinT.Generated", "primal")]
    [InlineData("Shop.Models.ILGPU", "dual")]
    public void Every_name_of_code_for_GPUs_may_be_a_type_of_the_users(string space, string form)
    {
        SmallSpec spec = new("Small") { Attention = "exact", Steps = 2, Update = form };
        CompilationResult result = SpecCompiler.Compile(spec.Text, spec.FileName, new CodeOptions { Namespace = space, Gpu = true });

        HostileTypes.AssertCompile([.. result.Sources.Select(source => (source.HintName, source.Text))], space, "Small");
    }

    [Fact]
    public void A_spec_with_a_mistake_leaves_a_class_for_whatever_loads_it_on_a_GPU()
    {
        SmallSpec spec = new("Small") { Sharding = 5 };
        CompilationResult result = SpecCompiler.Compile(spec.Text, spec.FileName, new CodeOptions { Gpu = true });

        Assert.False(result.Succeeded);
        GeneratedCode.LoadUnchecked(
        [
            .. result.Stubs.Select(source => (source.HintName, source.Text)),
            ("Use.cs", """
                class Use
                {
                    static TinT.Runtime.Simulation.ISimulator Load(string path, ILGPU.Runtime.Accelerator device)
                    {
                        return path == TinT.Generated.SmallGpuSimulator.Model.Model ? TinT.Generated.SmallGpuSimulator.Load(path, device) : TinT.Generated.SmallSimulator.Load(path);
                    }
                }
                """),
        ]);
    }
}

using TinT.Compiler;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

public sealed class HostileNamesTests
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
}

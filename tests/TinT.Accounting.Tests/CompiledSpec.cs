using TinT.Compiler.Construction;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Reading;
using TinT.Tests.Common;

namespace TinT.Accounting.Tests;

/// <summary>What the compiler makes of a spec.</summary>
internal sealed record CompiledSpec(ModelSpec Spec, LayerGraph Graph, KernelProgram Program, ParameterLayout Parameters, BufferPlan Buffers)
{
    /// <summary>From a text, which must be right.</summary>
    public static CompiledSpec OfText(string text)
    {
        SpecReadResult result = SpecReader.Read(text);
        Assert.True(result.Spec is not null, string.Join('\n', result.Diagnostics));
        LayerGraph graph = BuildLayerGraph.Run(result.Spec!);
        KernelProgram program = LowerGraph.Run(graph).Processor;
        return new CompiledSpec(result.Spec!, graph, program, PlanParameters.Run(program), PlanBuffers.Run(program));
    }

    /// <summary>One of the shipped specs.</summary>
    public static CompiledSpec Shipped(string name, Func<string, string>? change = null)
    {
        string text = File.ReadAllText(RepositoryFiles.InRepository("specs", name + ".tint.yaml"));
        return OfText(change is null ? text : change(text));
    }
}

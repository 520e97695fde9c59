using TinT.Compiler.Construction;
using TinT.Compiler.Emission.Ilgpu;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs.Reading;
using TinT.Model;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>What kernels for GPUs would compute wrongly, or not at all, is refused in a sentence.</summary>
public sealed class UnwritableTests
{
    [Fact]
    public void Every_architecture_has_kernels_for_GPUs()
    {
        SmallSpec[] specs = [.. Enumerable.Range(0, SmallSpec.Architectures.Count).Select(RandomCases.Spec)];

        Assert.Equal(SmallSpec.Architectures.Order(), specs.Select(spec => spec.Architecture).Order());
        Assert.All(specs, spec => Assert.Empty(IlgpuWriter.Unwritable(ProgramOf(spec))));
    }

    [Fact]
    public void Slopes_with_a_window_are_refused() => AssertRefused(
        With(new SmallSpec("Bloom") { Architecture = "bloom" }, model => model with { SlidingWindow = 4 }),
        "Attention with slopes and a window has more operands than a kernel for GPUs takes.");

    [Fact]
    public void Positions_on_scaled_embeddings_are_refused() => AssertRefused(
        With(new SmallSpec("Scaled"), model => model with { ScalesEmbeddings = true }),
        "Learned positions are added to scaled embeddings, for which there is no kernel for GPUs.");

    [Fact]
    public void Norms_of_parts_of_wider_rows_are_refused()
    {
        KernelProgram program = ProgramOf(new SmallSpec("Parts"));
        KernelProgram broken = program.MapKernels(kernel =>
            kernel is { Kind: KernelKind.Norm, Module: "final_norm" }
                ? kernel.MapOperands(operand => operand.Buffer == "hidden" ? operand with { Columns = 8 } : operand)
                : kernel);

        AssertRefused(broken, "Norm of final_norm works on a part of hidden, but code for GPUs takes its rows as a whole.");
    }

    private static void AssertRefused(KernelProgram program, string message) => Assert.Equal([message], IlgpuWriter.Unwritable(program));

    private static KernelProgram ProgramOf(SmallSpec spec) => LowerGraph.Run(BuildLayerGraph.Run(SpecReader.Read(spec.Text).Spec!)).All;

    private static KernelProgram With(SmallSpec spec, Func<AuxiliaryDescription, AuxiliaryDescription> change)
    {
        KernelProgram program = ProgramOf(spec);
        return program with { Spec = program.Spec with { Auxiliary = program.Spec.Auxiliary with { Model = change(program.Spec.Auxiliary.Model) } } };
    }
}

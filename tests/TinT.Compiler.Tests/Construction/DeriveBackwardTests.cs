using TinT.Compiler.Construction;
using TinT.Compiler.Emission;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Compiler.Tests.Lowering;
using TinT.Compiler.Verification;
using TinT.Model.Runs;
using TinT.Tests.Common;

namespace TinT.Compiler.Tests.Construction;

/// <summary>Backward passes and descents follow from forward modules, whatever the shape of a block.</summary>
public sealed class DeriveBackwardTests
{
    [Theory]
    [InlineData("post-norm")]
    [InlineData("parallel")]
    public void The_modules_of_a_block(string shape)
    {
        LayerGraph graph = BuildLayerGraph.Run(Blocks.With(TestSpecs.Create(attention: "exact", blocks: 2), Blocks.Shapes.Single(s => s.Name == shape).Shape));

        Snapshot.Match(Text(graph.ForwardBlock) + "\n" + Text(graph.BackwardBlock), "txt", shape);
    }

    [Fact]
    public void Every_shape_of_block_lowers_to_a_sound_program_with_a_sound_plan()
    {
        foreach ((string name, ModelSpec spec) in Blocks.All())
        {
            KernelProgram program = LowerGraph.Run(BuildLayerGraph.Run(spec)).All;
            string[] violations = [.. VerifyProgram.Run(program), .. VerifyBuffers.Run(program, PlanBuffers.Run(program)), .. CpuWriter.Unwritable(program)];
            Assert.True(violations.Length == 0, $"{name}: {string.Join(' ', violations)}");
        }
    }

    [Fact]
    public void A_norm_that_both_branches_read_has_one_difference_of_the_sum_of_their_gradients()
    {
        KernelProgram program =
            LowerGraph.Run(BuildLayerGraph.Run(Blocks.With(TestSpecs.Create(), Blocks.Shapes.Single(s => s.Name == "parallel").Shape))).Processor;
        Kernel sum = Assert.Single(program[RoutineKind.BackwardBlock], kernel => kernel.Kind == KernelKind.Add);
        Kernel norm = Assert.Single(program[RoutineKind.BackwardBlock], kernel => kernel.Kind == KernelKind.NormBackward);

        Assert.Equal(["attention_input_gradient_through_up", "attention_input_gradient_through_value"], sum.Inputs.Select(input => input.Buffer));
        Assert.Equal(sum.Outputs[0], norm.Inputs[0]);
        Assert.Equal("hidden_gradient", norm.Residual!.Buffer);
    }

    [Fact]
    public void Untrained_projections_have_neither_gradients_nor_descents()
    {
        foreach (string attention in new[] { "none", "values" })
        {
            LayerGraph graph = BuildLayerGraph.Run(TestSpecs.Create(attention: attention));

            Assert.DoesNotContain(graph.BackwardBlock, module => module.Name is "attention.query" or "attention.key");
            Assert.Equal(attention == "values" ? 1 : 0, graph.BackwardBlock.Count(module => module.Kind == ModuleKind.Attention));
        }
    }

    [Fact]
    public void A_map_without_a_bias_adds_none_and_moves_none()
    {
        KernelProgram program =
            LowerGraph.Run(BuildLayerGraph.Run(Blocks.With(TestSpecs.Create(update: "auto", attention: "exact"), Blocks.WithoutBiases))).All;

        Assert.Equal(
            ["norm1", "norm2", "final_norm"], program.Kernels.Where(kernel => kernel.Kind == KernelKind.BiasDescent).Select(kernel => kernel.Module).Reverse());
        Assert.All(program.Kernels.Where(kernel => kernel.Kind is KernelKind.Linear or KernelKind.LinearAttention), kernel => Assert.Equal(
            Share.None, kernel.BiasShare));
        Assert.DoesNotContain(PlanParameters.Run(program).Parameters, parameter => parameter.Name.EndsWith(".bias", StringComparison.Ordinal) && !parameter.Name.Contains("norm"));
        Assert.Empty(TinT.Compiler.Emission.Ilgpu.IlgpuWriter.Unwritable(program));
    }

    [Theory]
    [InlineData(96, 2, 48)]
    [InlineData(100, 3, 4)]
    [InlineData(20, 1, 20)]
    public void A_map_of_any_shape_is_cut_in_blocks_of_which_the_last_may_be_less(int width, int blocks, int last)
    {
        ModelSpec spec = TestSpecs.Create();
        spec = spec with { Auxiliary = spec.Auxiliary with { Model = spec.Auxiliary.Model with { IntermediateSize = width } } };
        LayerGraph graph = BuildLayerGraph.Run(spec);
        SimulatorModule[] up = [.. graph.ForwardBlock.Where(module => module.Name == "feed_forward.up")];
        SimulatorModule[] down = [.. graph.ForwardBlock.Where(module => module.Name == "feed_forward.down")];

        Assert.Equal((blocks, blocks), (up.Length, down.Length));
        Assert.Equal((last, last), (up[^1].Output[0].Width, down[^1].Input[0].Width));
        KernelProgram program = LowerGraph.Run(graph).All;
        Assert.Empty(VerifyProgram.Run(program));
        Assert.Equal(new Share(blocks, 1), program[RoutineKind.BackwardBlock].Single(kernel => kernel is { Kind: KernelKind.BiasDescent, Module: "feed_forward.down" }).BiasShare);
    }

    private static string Text(IEnumerable<SimulatorModule> modules) => string.Concat(modules.Select(module =>
    {
        string block = module.Matrix is { Copies: > 1 } matrix ? $"[{matrix.Copy}]" : string.Empty;
        string memory = module.Memory.Count == 0
            ? string.Empty
            : $"  memory {string.Join(", ", module.Memory.Select(slot => $"{slot.Signal} at {slot.Start}"))}";
        return $"{module.Direction} {module.Kind} {module.Name}{block}({string.Join(", ", module.Input)}) → {(module.Output.Count == 0 ? "prefixes" : string.Join(", ", module.Output))}{memory}\n";
    }));
}

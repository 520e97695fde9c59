using System.Text.RegularExpressions;
using TinT.Compiler.Construction;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Reading;
using TinT.Compiler.Verification;
using TinT.Model;
using TinT.Model.Runs;
using TinT.Tests.Common;

namespace TinT.Compiler.Tests.Lowering;

public sealed class DualFormTests
{
    [Fact]
    public void The_dual_form_attends_where_the_primal_one_updates()
    {
        Snapshot.Match(ProgramText.Of(Lower(TestSpecs.Create(update: "dual"))));
    }

    [Fact]
    public void Both_forms_are_there_if_the_context_is_longer_than_the_dual_form_pays()
    {
        KernelProgram program = Lower(TestSpecs.Create(update: "auto", context: 128));

        // K = 4, D = 48: 14 D T² = 10 D² (T + 64) at 67.1 tokens.
        Assert.Equal(67, program.DualTokens);
        Assert.Equal((UpdateForm.Dual, UpdateForm.Primal), (program.FormOf(67), program.FormOf(68)));
        Assert.Contains(program.Kernels, k => k is { Kind: KernelKind.LinearAttention, Form: UpdateForm.Dual });
        Assert.Contains(program[RoutineKind.BackwardBlock], k => k is { Kind: KernelKind.LinearDescent, Form: UpdateForm.Primal });
    }

    [Theory]
    [InlineData("primal", "bias", 0)]
    [InlineData("auto", "full", 0)]
    [InlineData("dual", "bias", 128)]
    [InlineData("dual", "gain", 128)]
    public void Only_the_form_that_is_wanted_is_there(string update, string layerNorm, int dualTokens)
    {
        KernelProgram program = Lower(TestSpecs.Create(update: update, layerNorm: layerNorm, context: 128));

        Assert.Equal(dualTokens, program.DualTokens);
        Assert.Equal(dualTokens > 0, program.Kernels.Any(k => k.Form == UpdateForm.Dual));
        Assert.DoesNotContain(program.Kernels, k => k.Form == UpdateForm.Primal);
    }

    /// <summary>A vector is cheap: it moves in place, in whatever form matrices are updated, and does not change which of the forms pays.</summary>
    [Fact]
    public void Gains_as_vectors_move_in_both_forms_and_are_no_reason_for_either()
    {
        KernelProgram program = Lower(TestSpecs.Create(update: "auto", layerNorm: "gain", context: 128));

        Assert.Equal(67, program.DualTokens);
        Assert.Equal(
            ["norm2", "norm1", "final_norm"],
            program[RoutineKind.BackwardBlock].Concat(program[RoutineKind.FinalNormBackward])
                .Where(k => k is { Kind: KernelKind.GainDescent, Form: null })
                .Select(k => k.Module));
        Assert.DoesNotContain(program[RoutineKind.WriteUpdates], k => k.Kind == KernelKind.GainDescent);
    }

    [Theory]
    [InlineData(1, 67)]
    [InlineData(2, 46)]
    [InlineData(8, 21)]
    public void More_steps_make_the_dual_form_dearer(int steps, int dualTokens) =>
        Assert.Equal(dualTokens, Lower(TestSpecs.Create(update: "auto", steps: steps, context: 128)).DualTokens);

    [Fact]
    public void A_shipped_spec_uses_the_dual_form_up_to_the_tokens_at_which_it_pays()
    {
        int Tokens(string name) => Lower(SpecReader.Read(File.ReadAllText(RepositoryFiles.InRepository("specs", name + ".tint.yaml"))).Spec!).DualTokens;

        Assert.Equal((606, 606, 1024, 134), (Tokens("gpt2"), Tokens("opt-125m"), Tokens("gpt2-xl"), Tokens("byte-gpt2")));
    }

    /// <summary>What both forms cost by hand, from tiles, bytes and processors; whole runs in either form are compared by the account.</summary>
    [Theory]
    [InlineData("gpt2", 1024, 1, 129, 0)]
    [InlineData("gpt2", 64, 1, 64, 0)]
    [InlineData("gpt2-xl", 1024, 2, 64, 0)]
    [InlineData("gpt2-xl", 1024, 3, 0, 0)]
    [InlineData("opt-2.7b", 2048, 3, 47, 0)]
    public void A_spec_uses_the_dual_form_on_GPUs_up_to_the_tokens_at_which_it_pays(string name, int context, int steps, int small, int large)
    {
        string text = File.ReadAllText(RepositoryFiles.InRepository("specs", name + ".tint.yaml"));
        text = Regex.Replace(text, "max_position_embeddings: \\d+", $"max_position_embeddings: {context}");
        text = Regex.Replace(text, "\\bsteps: \\d+", $"steps: {steps}");
        LayerGraph graph = BuildLayerGraph.Run(SpecReader.Read(text).Spec!);
        KernelProgram gpus = LowerGraph.Run(graph).Gpus;
        KernelProgram all = LowerGraph.Run(graph).All;

        Assert.Equal((small, large), (gpus.DualTokens, gpus.LargeGpuDualTokens));
        Assert.Equal((Math.Max(small, LowerGraph.Run(graph).Processor.DualTokens), large), (all.DualTokens, all.LargeGpuDualTokens));
    }

    [Theory]
    [InlineData("primal", 1, 128, 0)]
    [InlineData("dual", 1, 128, 128)]
    [InlineData("auto", 1, 1, 0)]
    public void GPUs_have_the_form_that_is_wanted(string update, int steps, int context, int dualTokens)
    {
        KernelProgram program = LowerGraph.Run(BuildLayerGraph.Run(TestSpecs.Create(update: update, steps: steps, context: context))).Gpus;

        Assert.Equal((dualTokens, dualTokens), (program.DualTokens, program.LargeGpuDualTokens));
    }

    [Fact]
    public void Attention_to_something_of_another_width_is_found()
    {
        KernelProgram program = Lower(TestSpecs.Create(update: "dual"));
        KernelProgram broken = program.MapKernels(k => k.Kind == KernelKind.LinearAttention && k.Module == "attention.value"
            ? k with { Inputs = EquatableArray.Create(k.Inputs[0], k.Inputs[1] with { Columns = 24 }, k.Inputs[2]) }
            : k);

        Assert.Contains(
            VerifyProgram.Run(broken), v => v.Contains("LinearAttention of attention.value attends with 48 to 24 columns", StringComparison.Ordinal));
    }

    [Fact]
    public void A_gradient_that_is_not_kept_is_found()
    {
        KernelProgram program = Lower(TestSpecs.Create(update: "dual"));
        KernelProgram broken = program.MapRoutines(r => r.Kernels.Where(k => r.Kind != RoutineKind.BackwardBlock || k.Kind != KernelKind.Copy));

        Assert.Contains(VerifyProgram.Run(broken), v => v.Contains("reads feed_forward_down_gradient before anything wrote it", StringComparison.Ordinal));
    }

    private static KernelProgram Lower(ModelSpec spec) => LowerGraph.Run(BuildLayerGraph.Run(spec)).Processor;
}

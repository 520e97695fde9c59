using TinT.Accounting.Compiled;
using TinT.Compiler.Lowering;
using TinT.Model.Runs;
using TinT.Runtime.Cpu.Memory;
using TinT.Tests.Common;

namespace TinT.Accounting.Tests.Compiled;

public sealed class CompiledCostTests
{
    [Theory]
    [InlineData(256, 128, 1)]
    [InlineData(1024, 1024, 3)]
    public void The_products_of_gpt2_are_those_of_its_equations(int tokens, int trainingTokens, int batch)
    {
        CompiledSpec gpt2 = CompiledSpec.Shipped("gpt2");
        PlannedRun run = PlannedRun.Of(gpt2.Spec, tokens, trainingTokens, batch);
        OperationCost cost = CompiledCost.Of(gpt2.Program, gpt2.Parameters, gpt2.Buffers, run).Total;

        // A layer has 12 D² weights: 4 D² in attention, 8 D² in the feed-forward block. Attention adds two products over the causal pairs.
        long d = 768, layers = 12, vocabulary = 50257, t = tokens, r = trainingTokens;
        long forward = layers * ((2 * t * 12 * d * d) + (2 * 2 * d * (t * (t + 1) / 2)));

        // Backwards through W_1, W_2, W_o and W_v, 10 D²; W_q and W_k get no gradient. Descent: as much again, or in short sequences, with inputs and
        // outputs of 14 D, attention to the training tokens.
        long descent = t <= gpt2.Program.DualTokens ? 2 * t * r * 14 * d : 2 * r * 10 * d * d;
        long backward = layers * ((2 * r * 10 * d * d) + descent + (2 * 2 * d * (r * (r + 1) / 2)));

        // Before the step the training rows make logits and a gradient, the others a loss, but for the last, which has no target; after it all but the last do.
        long before = Math.Max(r, t - 1), after = t - 1;
        long head = 2 * (before + after + r) * vocabulary * d;
        Assert.Equal(batch * ((2 * forward) + backward + head), cost.ProductOperations);

        // Element by element next to nothing: that is what makes the products worth tuning.
        Assert.InRange((double)cost.ElementOperations / cost.ProductOperations, 0.001, 0.02);
    }

    [Theory]
    [InlineData("dual")]
    [InlineData("primal")]
    public void Sixteen_bits_halve_what_is_read_of_stored_matrices_but_not_of_updated_copies(string form)
    {
        CompiledSpec small = CompiledSpec.OfText(new SmallSpec("Read") { Update = form, LayerCount = 3, TrainedLayers = 2, Steps = 1 }.Text);
        PlannedRun run = PlannedRun.Of(small.Spec, 8, 4);
        CompiledCost single = CompiledCost.Of(small.Program, small.Parameters, small.Buffers, run);
        CompiledCost narrow = CompiledCost.Of(small.Program, small.Parameters, small.Buffers, run with { Weights = WeightStorage.BFloat16 });

        // W_q and W_k in 3 + 2 forward blocks; W_v, W_o, W_1 and W_2 there too, in 2 backward blocks and, in the primal form, in their descents; but in
        // the primal form the last 2 forward blocks read copies. The embedding reads two rows a token; the head reads E for the training rows, for their
        // gradient, for the other losses before and for those after, and a row for each target.
        long d = small.Spec.Auxiliary.HiddenSize, vocabulary = small.Spec.Auxiliary.VocabularySize;
        long passes = form == "dual" ? 5 + 2 : 3 + 2 + 2;
        long read = (5 * 2 * d * d) + (passes * 10 * d * d) + (2 * 8 * d) + (4 * vocabulary * d) + (4 * d);
        Assert.Equal(single.Total with { ParameterBytesRead = single.Total.ParameterBytesRead - (2 * read) }, narrow.Total);
    }

    [Fact]
    public void Every_kernel_is_called_as_often_as_the_generated_passes_call_it()
    {
        // Three layers of which two train, two steps: 1 + 2 · 3 forward blocks, 2 · 2 backward blocks, three final norms.
        CompiledSpec small = CompiledSpec.OfText(new SmallSpec("Calls") { LayerCount = 3, TrainedLayers = 2, Steps = 2 }.Text);
        CompiledCost cost = CompiledCost.Of(small.Program, small.Parameters, small.Buffers, PlannedRun.Of(small.Spec, 8, 4, batchSize: 5));
        long Calls(RoutineKind routine, KernelKind kind) => cost.Kernels.First(kernel => kernel.Routine == routine && kernel.Kernel.Kind == kind).Calls;

        Assert.Equal(5 * 7, Calls(RoutineKind.ForwardBlock, KernelKind.Attention));
        Assert.Equal(5 * 4, Calls(RoutineKind.BackwardBlock, KernelKind.AttentionBackward));
        Assert.Equal(5 * 3, Calls(RoutineKind.FinalNorm, KernelKind.Norm));
        Assert.Equal([5, 5, 5], cost.Kernels.Where(kernel => kernel.Head is not null).Select(kernel => kernel.Calls));
        Assert.Equal(5 * 1, Calls(RoutineKind.KeepTrainedInput, KernelKind.Copy));
        Assert.Equal(5 * 2, Calls(RoutineKind.RestoreTrainedInput, KernelKind.Copy));

        // The first norm's gradient goes to the layer below; the lowest trained layer does not make it.
        KernelCost lowest = cost.Kernels.Single(
            kernel => kernel is { Routine: RoutineKind.BackwardBlock, Kernel: { Kind: KernelKind.NormBackward, Module: "norm1" } });
        Assert.Equal(5 * 2, lowest.Calls);
    }

    [Fact]
    public void Without_training_tokens_two_forward_passes_are_left()
    {
        CompiledSpec small = CompiledSpec.OfText(new SmallSpec("Untrained") { LayerCount = 2, TrainedLayers = 1, Steps = 2 }.Text);
        CompiledCost cost = CompiledCost.Of(small.Program, small.Parameters, small.Buffers, PlannedRun.Of(small.Spec, 8, 0));

        Assert.DoesNotContain(cost.Kernels, kernel => kernel.Routine is RoutineKind.BackwardBlock or RoutineKind.FinalNormBackward);
        Assert.Equal(3, cost.Kernels.First(kernel => kernel.Routine == RoutineKind.ForwardBlock).Calls);
        Assert.Equal(0, cost.Total.ParameterBytesWritten);
    }

    [Fact]
    public void A_descent_reads_and_writes_each_of_its_weights_once()
    {
        CompiledSpec small = CompiledSpec.OfText(new SmallSpec("Descent") { Update = "primal" }.Text);
        CompiledCost cost = CompiledCost.Of(small.Program, small.Parameters, small.Buffers, PlannedRun.Of(small.Spec, 8, 4));

        // W_1: [64, 16], two layers; gradients of 4 rows are 64 wide, inputs 16.
        KernelCost up = cost.Kernels.Single(kernel => kernel.Kernel is { Kind: KernelKind.LinearDescent, Module: "feed_forward.up" });
        Assert.Equal(2, up.Calls);
        Assert.Equal(
            new OperationCost(2 * 4 * 64 * 16, 2 * 64 * 16, 4 * 64 * 16, 4 * 64 * 16, 4 * 4 * (64 + 16), 0), up.PerCall);
        Assert.Equal(4 * (small.Parameters.UpdatedLength + small.Parameters.SequenceLength), cost.Total.ParameterBytesWritten);
    }

    [Theory]
    [InlineData("softmax")]
    [InlineData("quadratic")]
    [InlineData("mean_embedding")]
    public void Every_combination_of_options_has_a_cost(string loss)
    {
        foreach (string norm in SmallSpec.LayerNorms)
        {
            foreach (string attention in SmallSpec.Attentions)
            {
                foreach (string update in norm == "full" ? ["primal"] : SmallSpec.Updates)
                {
                    CompiledSpec small = CompiledSpec.OfText(
                        new SmallSpec("All") { Loss = loss, LayerNorm = norm, Attention = attention, Steps = 2, Update = update }.Text);
                    CompiledCost cost = CompiledCost.Of(small.Program, small.Parameters, small.Buffers, PlannedRun.Of(small.Spec));

                    // The head has three kinds of passes; what only a caller who asks for weights gets is not counted.
                    int kernels = small.Program.Routines.Where(routine => routine.Kind != RoutineKind.WriteUpdates).Sum(routine => routine.Kernels.Count);
                    Assert.Equal(kernels + 2, cost.Kernels.Count);
                    Assert.All(cost.Kernels, kernel => Assert.True(kernel.PerCall.Bytes > 0, kernel.Kernel.Module));
                }
            }
        }
    }
}

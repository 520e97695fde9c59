using TinT.Compiler.Construction;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Compiler.Tests.Lowering;
using TinT.Compiler.Verification;
using TinT.Model;
using TinT.Model.Runs;

namespace TinT.Compiler.Tests.Layout;

public sealed class BufferPlanTests
{
    [Fact]
    public void Every_combination_of_options_has_a_plan_in_which_no_needed_value_is_overwritten()
    {
        foreach (ModelSpec spec in TestSpecs.All())
        {
            KernelProgram program = Lower(spec);
            Assert.Empty(VerifyBuffers.Run(program, PlanBuffers.Run(program)));
        }
    }

    [Fact]
    public void Buffers_that_are_never_needed_together_share_floats()
    {
        BufferPlan plan = PlanBuffers.Run(Lower(TestSpecs.Create()));
        int separate = plan.Buffers.Where(b => !b.Memory).Sum(b => b.Columns);

        Assert.True(plan.TransientColumns < separate, $"{plan.TransientColumns} floats per token, {separate} without sharing.");
        Assert.Equal(plan["context_gradient"].Offset, plan["activated_gradient"].Offset);
    }

    [Fact]
    public void What_the_backward_pass_reads_of_the_forward_pass_has_a_slot_in_every_trained_layer()
    {
        BufferPlan plan = PlanBuffers.Run(Lower(TestSpecs.Create(layers: 2)));

        Assert.Equal(2, plan.MemorySlots);
        Assert.Equal(
            ["activated", "attention_input", "context", "feed_forward_input", "norm1_inverse_deviation", "norm1_normalized", "norm2_inverse_deviation", "norm2_normalized", "pre_activation", "query_key"],
            plan.Buffers.Where(b => b.Memory).Select(b => b.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_dual_form_keeps_inputs_and_gradients_of_trained_matrices()
    {
        BufferPlan plan = PlanBuffers.Run(Lower(TestSpecs.Create(layers: 2, update: "dual")));
        string Names(BufferKind kind) =>
            string.Join(' ', plan.Buffers.Where(b => b.Kind == kind).Select(b => $"{b.Name}:{b.Columns}").Order(StringComparer.Ordinal));

        Assert.Equal("activated:192 attention_input:48 context:48 feed_forward_input:48", Names(BufferKind.KeptInput));
        Assert.Equal(
            "attention_output_gradient:48 feed_forward_down_gradient:48 pre_activation_gradient:192 value_gradient:48", Names(BufferKind.KeptGradient));
        Assert.All(plan.Buffers.Where(b => b.Kind == BufferKind.KeptGradient), b => Assert.True(b.TrainingRows));

        // Two layers: a slot of gradients for each step and layer, of inputs one more.
        long rest = plan.TransientColumns + (2 * plan.MemoryColumns);
        Assert.Equal((336, 336), (plan.KeptGradientColumns, plan.KeptInputColumns));
        Assert.Equal(rest + (2 * 336) + (3 * 336), plan.ColumnsPerToken(UpdateForm.Dual, steps: 1));
        Assert.Equal(rest + (6 * 336) + (7 * 336), plan.ColumnsPerToken(UpdateForm.Dual, steps: 3));
        Assert.Equal(rest + 336 + (2 * 336), plan.ColumnsPerToken(UpdateForm.Primal, steps: 3));
    }

    [Fact]
    public void Moving_a_buffer_onto_one_that_is_needed_is_found()
    {
        KernelProgram program = Lower(TestSpecs.Create());
        BufferPlan plan = PlanBuffers.Run(program);
        BufferPlan broken = plan with
        {
            Buffers = plan.Buffers.Select(b => b.Name == "value" ? b with { Offset = plan["hidden"].Offset } : b).ToEquatableArray(),
        };

        Assert.Contains(VerifyBuffers.Run(program, broken), v => v.Contains("reads hidden, but value was written there", StringComparison.Ordinal));
    }

    [Fact]
    public void A_layers_memory_is_not_used_where_no_layer_is_at_work()
    {
        KernelProgram program = Lower(TestSpecs.Create());
        KernelProgram broken = program.MapRoutines(routine => routine.Kind == RoutineKind.FinalNorm
            ? routine.Kernels.Select(kernel => kernel with { Inputs = kernel.Inputs.Select(input => input with { Buffer = "activated" }).ToEquatableArray() })
            : routine.Kernels);

        Assert.Contains(
            "Norm of final_norm uses activated outside of a layer, each of which has its own.", VerifyBuffers.Run(broken, PlanBuffers.Run(broken)));
    }

    /// <summary>A value that nobody reads still needs floats of its own while it is written.</summary>
    [Fact]
    public void A_buffer_that_is_written_and_never_read_is_live_where_it_is_written()
    {
        KernelProgram program = Lower(TestSpecs.Create());
        Kernel copy = program[RoutineKind.KeepTrainedInput][0];
        Kernel unread = copy with { Outputs = EquatableArray.Create(copy.Outputs[0] with { Buffer = "unread" }) };
        Liveness liveness = Liveness.Of([copy, unread, copy]);

        Assert.Equal([false, true, false], liveness.Of("unread"));
        Assert.Equal([true, false, true], liveness.Of(copy.Outputs[0].Buffer));
        Assert.Equal([true, true, true], liveness.Of(copy.Inputs[0].Buffer));
        Assert.True(liveness.Overlap("unread", copy.Inputs[0].Buffer));
        Assert.Contains($"Copy of {copy.Module} writes unread, which nothing reads.", VerifyProgram.Run(program.MapRoutines(
            routine => routine.Kind == RoutineKind.KeepTrainedInput ? [copy, unread] : routine.Kernels)));
    }

    /// <summary>A block of 2²³ logits, but never more than 256 rows nor fewer than 16: whole blocks of 64 if there are any, else of 16.</summary>
    [Theory]
    [InlineData(101, 256)]
    [InlineData(32768, 256)]
    [InlineData(50257, 128)]
    [InlineData(131072, 64)]
    [InlineData(131073, 48)]
    [InlineData(200_000, 32)]
    [InlineData(1_000_000, 16)]
    public void The_head_handles_as_many_rows_as_fit_a_block_of_logits(int vocabulary, int rows)
    {
        BufferPlan plan = PlanBuffers.Run(Lower(TestSpecs.Create(vocabulary: vocabulary)));

        Assert.Equal((rows, vocabulary, (long)rows * vocabulary), (plan.HeadRows, plan.HeadColumns, plan.HeadLength));
    }

    [Fact]
    public void A_buffer_takes_a_gap_of_its_very_size()
    {
        // Places are given in the order of names where sizes are the same.
        Operand early = new("1", 0, 4);
        Operand always = new("2", 0, 4);
        Operand late = new("3", 0, 4);
        BufferPlan plan = PlanBuffers.Run(HandMade.Program(
            HandMade.Kernel(KernelKind.Copy, [always], [early]),
            HandMade.Kernel(KernelKind.Copy, [early], [always]),
            HandMade.Kernel(KernelKind.Copy, [always], [late]),
            HandMade.Kernel(KernelKind.Add, [always, late], [always])));

        Assert.Equal((0, 4, 0, 8), (plan["1"].Offset, plan["2"].Offset, plan["3"].Offset, plan.TransientColumns));
    }

    [Fact]
    public void What_the_backward_pass_rewrites_before_it_reads_it_has_no_slot_in_a_layer()
    {
        Operand x = new("x", 0, 3);
        Operand y = new("y", 0, 3);
        Kernel[] block = [HandMade.Kernel(KernelKind.Copy, [x], [y]), HandMade.Kernel(KernelKind.Copy, [y], [x])];
        BufferPlan plan = PlanBuffers.Run(HandMade.Program().MapRoutines(
            routine => routine.Kind is RoutineKind.ForwardBlock or RoutineKind.BackwardBlock ? block : []));

        Assert.Equal((true, false), (plan["x"].Memory, plan["y"].Memory));
    }

    private static KernelProgram Lower(ModelSpec spec) => LowerGraph.Run(BuildLayerGraph.Run(spec)).Processor;
}

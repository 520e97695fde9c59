using TinT.Compiler.Construction;
using TinT.Compiler.Emission;
using TinT.Compiler.Emission.Ilgpu;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Compiler.Verification;
using TinT.Model;
using TinT.Model.Runs;
using TinT.Tests.Common;

namespace TinT.Compiler.Tests.Lowering;

public sealed class LoweringTests
{
    [Fact]
    public void A_gpt2_spec_lowers_to_one_wide_kernel_for_each_module() =>
        Snapshot.Match(ProgramText.Of(Lower(TestSpecs.Create())), "txt");

    [Fact]
    public void Exact_attention_and_full_norms_train_every_projection_and_gain() =>
        Snapshot.Match(ProgramText.Of(Lower(TestSpecs.Create("opt", layerNorm: "full", attention: "exact"))), "txt");

    [Fact]
    public void Gains_that_move_as_vectors_have_descents_of_their_own() =>
        Snapshot.Match(ProgramText.Of(Lower(TestSpecs.Create("qwen3", layerNorm: "gain", attention: "exact"))), "txt");

    [Fact]
    public void Every_combination_of_options_lowers_to_a_sound_program()
    {
        foreach (ModelSpec spec in TestSpecs.All())
            Assert.Empty(VerifyProgram.Run(Lower(spec)));
    }

    [Fact]
    public void Before_folding_kernels_carry_the_construction()
    {
        KernelProgram program = LowerModules.Run(BuildLayerGraph.Run(TestSpecs.Create()));
        Kernel query = program[RoutineKind.ForwardBlock].First(k => k.Module == "attention.query");

        Assert.Equal(Positions.Tokens, query.Maps.Gate);
        Assert.Equal(new GridTranspose(16, 3), query.Maps.HeadOrder);
        Assert.Equal(new GridTranspose(3, 16), query.Maps.Permutation);
        Assert.Equal(new PrefixAddress(3, 48, 192), query.Maps.Address);
        Assert.Equal(4, program[RoutineKind.ForwardBlock].Count(k => k.Module == "feed_forward.up"));
    }

    [Fact]
    public void A_bias_spread_over_K_blocks_adds_up_forwards_and_moves_K_times_as_far_in_the_descent()
    {
        foreach (int blocks in new[] { 1, 2, 4, 8 })
        {
            KernelProgram program = Lower(TestSpecs.Create(blocks: blocks));
            Kernel forward = program[RoutineKind.ForwardBlock].Single(k => k.Module == "feed_forward.down");
            Kernel descent = program[RoutineKind.BackwardBlock].Single(k => k is { Module: "feed_forward.down", Kind: KernelKind.BiasDescent });
            Kernel up = program[RoutineKind.BackwardBlock].Single(k => k is { Module: "feed_forward.up", Kind: KernelKind.BiasDescent });

            Assert.Equal(Share.Whole, forward.BiasShare);
            Assert.Equal(new Share(blocks, 1), descent.BiasShare);
            Assert.Equal(Share.Whole, up.BiasShare);
        }
    }

    [Fact]
    public void A_wrong_gate_is_not_folded_and_does_not_pass_verification()
    {
        LayerGraph graph = BuildLayerGraph.Run(TestSpecs.Create());
        LayerGraph broken = graph with
        {
            ForwardBlock = graph.ForwardBlock.Select(m => m.Name == "attention.value" ? m with { Gate = Positions.Prefix } : m).ToEquatableArray(),
        };

        Assert.Contains("Linear of attention.value still carries parts of the literal construction.", VerifyProgram.Run(LowerGraph.Run(broken).Processor));
    }

    /// <summary>Another variant's backward pass could leave a sum that no kernel can take up, or one that not every printer prints.</summary>
    [Fact]
    public void A_sum_of_three_terms_does_not_pass_verification()
    {
        KernelProgram program = Lower(TestSpecs.Create());
        Kernel norm = program[RoutineKind.FinalNorm].First(kernel => kernel.Kind == KernelKind.Norm);
        Kernel sum = norm with { Kind = KernelKind.Add, Inputs = EquatableArray.Create(norm.Inputs[0], norm.Inputs[0], norm.Inputs[0]), Outputs = EquatableArray.Create(norm.Outputs[2]), Parameters = default };
        KernelProgram broken = program.MapRoutines(routine => routine.Kind == RoutineKind.FinalNorm ? [.. routine.Kernels, sum] : routine.Kernels);

        Assert.Equal(["Add of final_norm has 3 terms instead of two."], VerifyProgram.Run(broken));
    }

    [Fact]
    public void What_a_printer_would_leave_out_is_refused_for_every_kind_of_kernel()
    {
        KernelProgram program = LowerGraph.Run(BuildLayerGraph.Run(TestSpecs.Create(update: "auto", attention: "exact"))).All;
        Assert.Empty(CpuWriter.Unwritable(program));
        Assert.Empty(IlgpuWriter.Unwritable(program));
        foreach (Kernel kernel in program.Kernels.Where(kernel => kernel.Residual is null && kernel.Outputs.Count > 0).DistinctBy(kernel => kernel.Kind))
        {
            KernelProgram broken = program.MapKernels(
                other => ReferenceEquals(other, kernel) ? kernel with { Residual = new Operand("hidden", 0, 48) } : other);

            Assert.Equal(kernel.Kind is not (KernelKind.Linear or KernelKind.NormBackward), CpuWriter.Unwritable(broken).Count == 1);
            Assert.Equal(
                kernel.Kind is not (KernelKind.Linear or KernelKind.LinearBackward or KernelKind.NormBackward), IlgpuWriter.Unwritable(broken).Count == 1);
        }

        Assert.Contains(program.Kernels, kernel => kernel is { Kind: KernelKind.LinearBackward, Residual: null });
    }

    [Fact]
    public void A_permutation_that_does_not_restore_the_rows_is_not_folded()
    {
        KernelProgram program = LowerModules.Run(BuildLayerGraph.Run(TestSpecs.Create()));
        KernelProgram broken = program.MapKernels(k => k.Module == "attention.value" && k.Kind == KernelKind.Linear
            ? k with { Maps = k.Maps with { Permutation = k.Maps.HeadOrder } }
            : k);
        Kernel value = FoldPermutations.Run(broken)[RoutineKind.ForwardBlock].Single(k => k.Module == "attention.value");
        Kernel query = FoldPermutations.Run(broken)[RoutineKind.ForwardBlock].Single(k => k.Module == "attention.query");

        Assert.NotNull(value.Maps.Permutation);
        Assert.Null(query.Maps.Permutation);
    }

    [Theory]
    [InlineData(3, 16, true)]
    [InlineData(3, 8, false)]
    [InlineData(4, 16, false)]
    public void A_transposition_undoes_that_of_the_transposed_grid_only(int rows, int columns, bool undoes) =>
        Assert.Equal(undoes, new GridTranspose(16, 3).Undoes(new GridTranspose(rows, columns)));

    public static TheoryData<KernelKind, string> GainNeighbours => new()
    {
        { KernelKind.Normalize, "Linear" },
        { KernelKind.NormBackward, "LinearBackward" },
    };

    /// <summary>A gain's product is no matrix product, and a difference without its product has no gain.</summary>
    [Theory, MemberData(nameof(GainNeighbours))]
    public void A_gain_whose_neighbour_is_missing_is_not_folded_and_does_not_pass_verification(KernelKind neighbour, string product)
    {
        KernelProgram unfolded = FoldPadding.Run(FoldPermutations.Run(FoldGates.Run(LowerModules.Run(BuildLayerGraph.Run(TestSpecs.Create())))));
        KernelProgram alone = unfolded.MapRoutines(routine => routine.Kernels.Where(kernel => kernel.Kind != neighbour));
        KernelProgram folded = FoldDiagonals.Run(alone);
        KernelKind kind = Enum.Parse<KernelKind>(product);

        Assert.Equal(alone.Kernels.Count(kernel => kernel.Kind == kind), folded.Kernels.Count(kernel => kernel.Kind == kind));
        Assert.Contains($"{product} of norm1 still carries parts of the literal construction.", VerifyProgram.Run(folded));
    }

    [Fact]
    public void A_difference_without_a_gains_product_keeps_the_kernel_before_it()
    {
        KernelProgram unfolded = LowerModules.Run(BuildLayerGraph.Run(TestSpecs.Create()));
        KernelProgram alone = unfolded.MapRoutines(
            routine => routine.Kernels.Where(kernel => kernel is not { Kind: KernelKind.LinearBackward, Maps.Diagonal: true }));

        Assert.Equal(
            alone.Kernels.Select(kernel => kernel.Kind).Where(IsBackward), FoldDiagonals.Run(alone).Kernels.Select(kernel => kernel.Kind).Where(IsBackward));

        static bool IsBackward(KernelKind kind) =>
            kind is KernelKind.LinearBackward or KernelKind.NormBackward or KernelKind.AttentionBackward or KernelKind.ActivationBackward;
    }

    [Fact]
    public void Kernels_have_numbers_in_their_order_and_the_head_three()
    {
        KernelProgram program = Lower(TestSpecs.Create());
        int number = 0;
        foreach (Routine routine in program.Routines)
        {
            for (int index = 0; index < routine.Kernels.Count; index++)
            {
                Assert.Equal(number, KernelNumbers.Of(program, routine.Kind, index));
                number += routine.Kernels[index].Kind == KernelKind.Head ? 3 : 1;
            }
        }

        Assert.Equal(program.Kernels.Count() + 2, number);
        Assert.Equal(number, KernelNumbers.Count(program));
    }

    [Fact]
    public void Only_a_result_that_no_kernel_behind_it_reads_leaves_its_routine()
    {
        Operand x = new("x", 0, 48);
        Operand y = new("y", 0, 48);
        Operand z = new("z", 0, 1);
        Routine routine = new(RoutineKind.BackwardBlock, EquatableArray.Create(
            HandMade.Kernel(KernelKind.Normalize, [x], [y, z]),
            HandMade.Kernel(KernelKind.LinearDescent, [x, y], []),
            HandMade.Kernel(KernelKind.Copy, [x], [y]),
            HandMade.Kernel(KernelKind.Activation, [x], [y])));

        Assert.Equal([false, false, false, true], Enumerable.Range(0, 4).Select(routine.LeavesBlock));
    }

    [Theory]
    [InlineData(3, 48, 192)]
    [InlineData(4, 32, 160)]
    [InlineData(1, 8, 32)]
    public void The_head_order_and_its_permutation_are_what_the_construction_computes(int sharding, int width, int hidden)
    {
        // Head s returns the product with row p·S+s at coordinate p: position s·P+p holds row p·S+s.
        int prefixes = width / sharding;
        int[] rowAtPosition = [.. Enumerable.Range(0, width).Select(i => (i % prefixes * sharding) + (i / prefixes))];
        int[] rows = [.. Enumerable.Range(0, width)];
        var order = new GridTranspose(prefixes, sharding);
        var permutation = new GridTranspose(sharding, prefixes);

        Assert.Equal(rowAtPosition, Apply(order, rows));
        Assert.Equal(rows, Apply(permutation, rowAtPosition));
        Assert.True(permutation.Undoes(order));

        var padded = new PrefixAddress(sharding, width, hidden);
        PrefixAddress packed = padded with { PrefixStride = sharding * width };
        Assert.All(Enumerable.Range(0, width), row =>
        {
            Assert.Equal(((long)(row / sharding) * hidden) + (row % sharding * width), padded.RowOffset(row));
            Assert.Equal((long)row * width, packed.RowOffset(row));
        });
        Assert.Equal(hidden == sharding * width, padded.IsDense);
        Assert.True(packed.IsDense);
    }

    /// <summary>Reads a row-major grid column by column.</summary>
    private static int[] Apply(GridTranspose transpose, int[] values) =>
        [.. from column in Enumerable.Range(0, transpose.Columns)
            from row in Enumerable.Range(0, transpose.Rows)
            select values[(row * transpose.Columns) + column]];

    private static KernelProgram Lower(ModelSpec spec) => LowerGraph.Run(BuildLayerGraph.Run(spec)).Processor;
}

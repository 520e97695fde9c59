using TinT.Compiler.Lowering;
using TinT.Model.Runs;

namespace TinT.Compiler.Tests.Lowering;

/// <summary>A sum moves into the kernel of its branch where no value that another kernel sees changes by that, and stays where it is elsewhere.</summary>
public sealed class FuseEpiloguesTests
{
    private static readonly Operand X = new("x", 0, 48);
    private static readonly Operand Residual = new("residual", 0, 48);
    private static readonly Operand Branch = new("branch", 0, 48);
    private static readonly Operand Other = new("other", 0, 48);
    private static readonly Operand Sum = new("sum", 0, 48);

    [Theory]
    [InlineData(KernelKind.Linear)]
    [InlineData(KernelKind.NormBackward)]
    public void A_product_adds_the_residual_while_it_writes(KernelKind kind)
    {
        Kernel fused = Assert.Single(Fuse(Of(kind, [X], [Branch]), Add(Residual, Branch)));

        Assert.Equal((kind, Sum, Residual), (fused.Kind, fused.Outputs.Single(), fused.Residual));
    }

    [Theory]
    [InlineData(KernelKind.Attention)]
    [InlineData(KernelKind.Linear)]
    public void A_sum_of_one_term_vanishes(KernelKind kind)
    {
        Kernel fused = Assert.Single(Fuse(Of(kind, [X], [Branch]), Add(Branch)));

        Assert.Equal((kind, Sum, null), (fused.Kind, fused.Outputs.Single(), fused.Residual));
    }

    [Fact]
    public void Sums_behind_each_other_move_into_a_product_each()
    {
        Operand second = new("second", 0, 48);
        Operand total = new("total", 0, 48);
        Kernel[] fused = Fuse(
            Of(KernelKind.Linear, [X], [Branch]),
            Of(KernelKind.Linear, [Other], [second]),
            Add(Residual, Branch),
            Of(KernelKind.Add, [Sum, second], [total]));

        Assert.Equal([KernelKind.Linear, KernelKind.Linear], fused.Select(kernel => kernel.Kind));
        Assert.Equal([(Sum, Residual), (total, Sum)], fused.Select(kernel => (kernel.Outputs.Single(), kernel.Residual!)));
    }

    public static TheoryData<string, Kernel[]> Unfusable => new()
    {
        { "nothing in the routine makes the branch", [Of(KernelKind.Linear, [X], [Other]), Add(Residual, Branch)] },
        { "another kernel reads the branch too", [Of(KernelKind.Linear, [X], [Branch]), Add(Residual, Branch), Of(KernelKind.Add, [Other, Branch], [X])] },
        { "its kernel adds another residual already", [Of(KernelKind.Linear, [X], [Branch]) with { Residual = Other }, Add(Residual, Branch)] },
        { "its kernel writes something else as well", [Of(KernelKind.Normalize, [X], [Branch, Other]), Add(Branch)] },
        { "its kernel cannot add", [Of(KernelKind.Attention, [X], [Branch]), Add(Residual, Branch)] },
        { "its kernel adds to its own output only", [Of(KernelKind.LinearBackward, [X], [Branch]), Add(Residual, Branch)] },
        { "the sum's place is read in between", [Of(KernelKind.Linear, [X], [Branch]), Of(KernelKind.Add, [Other, Sum], [X]), Add(Residual, Branch)] },
        { "the sum's place is written in between", [Of(KernelKind.Linear, [X], [Branch]), Of(KernelKind.Copy, [X], [Sum]), Add(Residual, Branch)] },
        { "the residual is written in between", [Of(KernelKind.Linear, [X], [Branch]), Of(KernelKind.Copy, [X], [Residual]), Add(Residual, Branch)] },
        { "it has three terms", [Of(KernelKind.Linear, [X], [Branch]), Add(Residual, Other, Branch)] },
    };

    [Theory, MemberData(nameof(Unfusable))]
    public void A_sum_stays_where_it_is_if(string reason, Kernel[] kernels)
    {
        Assert.NotEmpty(reason);
        Assert.Equal(kernels, Fuse(kernels));
    }

    private static Kernel Add(params Operand[] terms) => Of(KernelKind.Add, terms, [Sum]);

    private static Kernel Of(KernelKind kind, Operand[] inputs, Operand[] outputs) => HandMade.Kernel(kind, inputs, outputs);

    private static Kernel[] Fuse(params Kernel[] kernels) => [.. FuseEpilogues.Run(HandMade.Program(kernels))[RoutineKind.FinalNorm]];
}

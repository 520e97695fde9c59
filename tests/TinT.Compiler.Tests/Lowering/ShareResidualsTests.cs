using TinT.Compiler.Lowering;
using TinT.Model.Runs;

namespace TinT.Compiler.Tests.Lowering;

/// <summary>A sum takes the place of its residual where nothing reads that any more.</summary>
public sealed class ShareResidualsTests
{
    private static readonly Operand X = new("x", 0, 48);
    private static readonly Operand Hidden = new("hidden", 0, 48);
    private static readonly Operand Sum = new("sum", 0, 48);

    [Fact]
    public void A_residual_that_is_rewritten_before_it_is_read_lends_its_place()
    {
        Kernel[] shared = Share(Adding, Of(KernelKind.Activation, [Sum], [X]), Of(KernelKind.Copy, [X], [Hidden]));

        Assert.Equal([Hidden, X, Hidden], shared.Select(kernel => kernel.Outputs.Single()));
        Assert.Equal([X, Hidden, X], shared.Select(kernel => kernel.Inputs.Single()));
        Assert.Equal(Hidden, shared[0].Residual);
    }

    [Fact]
    public void A_residual_that_is_rewritten_together_with_something_else_lends_its_place_too()
    {
        Kernel[] shared = Share(Adding, Of(KernelKind.Normalize, [Sum], [Hidden, X]));

        Assert.Equal([Hidden], shared[0].Outputs);
        Assert.Equal([Hidden], shared[1].Inputs);
    }

    public static TheoryData<string, Kernel[]> Unshareable => new()
    {
        { "it is read again", [Adding, Of(KernelKind.Add, [X, Hidden], [X]), Of(KernelKind.Copy, [Sum], [Hidden])] },
        { "it is read while it is rewritten", [Adding, Of(KernelKind.Add, [Sum, Hidden], [Hidden])] },
        { "another routine may read it", [Adding, Of(KernelKind.Activation, [Sum], [X])] },
        { "nothing comes behind", [Adding] },
    };

    [Theory, MemberData(nameof(Unshareable))]
    public void A_residual_keeps_its_place_if(string reason, Kernel[] kernels)
    {
        Assert.NotEmpty(reason);
        Assert.Equal(kernels, Share(kernels));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_sum_that_another_routine_uses_keeps_its_place(bool reads)
    {
        Kernel elsewhere = reads ? Of(KernelKind.Add, [X, Sum], [X]) : Of(KernelKind.Normalize, [X], [X, Sum]);
        KernelProgram program = HandMade.Program(Adding, Of(KernelKind.Copy, [Sum], [Hidden]))
            .MapRoutines(routine => routine.Kind == RoutineKind.Head ? [Of(KernelKind.Copy, [X], [X]), elsewhere] : routine.Kernels);

        Assert.Equal(program, ShareResiduals.Run(program));
    }

    private static Kernel Adding => Of(KernelKind.Linear, [X], [Sum]) with { Residual = Hidden };

    private static Kernel Of(KernelKind kind, Operand[] inputs, Operand[] outputs) => HandMade.Kernel(kind, inputs, outputs);

    private static Kernel[] Share(params Kernel[] kernels) => [.. ShareResiduals.Run(HandMade.Program(kernels))[RoutineKind.FinalNorm]];
}

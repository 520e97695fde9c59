using TinT.Compiler.Lowering;
using TinT.Model.Runs;

namespace TinT.Compiler.Tests.Lowering;

public sealed class MergeKernelsTests
{
    private static readonly Operand X = new("x", 0, 48);

    [Fact]
    public void Outputs_become_columns_of_one_buffer_wherever_they_are_read()
    {
        Operand first = new("first", 0, 48);
        Operand second = new("second", 0, 32);
        Operand sum = new("sum", 0, 48);
        Kernel[] merged = Merge(
            HandMade.Kernel(KernelKind.Linear, [X], [first]),
            HandMade.Kernel(KernelKind.Linear, [X], [second]),
            HandMade.Kernel(KernelKind.Add, [X, first], [sum]),
            HandMade.Kernel(KernelKind.Activation, [second with { FirstColumn = 8, Columns = 16 }], [sum]));

        // A sum of one of them is not their sum.
        Assert.Equal([KernelKind.Linear, KernelKind.Add, KernelKind.Activation], merged.Select(kernel => kernel.Kind));
        Assert.Equal([X], merged[0].Inputs);
        Assert.Equal([new Operand("first_second", 0, 80)], merged[0].Outputs);
        Assert.Equal([X, new Operand("first_second", 0, 48)], merged[1].Inputs);
        Assert.Equal([new Operand("first_second", 56, 16)], merged[2].Inputs);
    }

    [Fact]
    public void Summed_outputs_become_one_of_a_longer_product()
    {
        Operand[] blocks = [new("up[0]", 0, 48), new("up[1]", 0, 48)];
        Operand[] parts = [new("down[0]", 0, 48), new("down[1]", 0, 48)];
        Kernel[] merged = Merge(
            HandMade.Kernel(KernelKind.Linear, [blocks[0]], [parts[0]]),
            HandMade.Kernel(KernelKind.Linear, [blocks[1]], [parts[1]]),
            HandMade.Kernel(KernelKind.Add, [X, .. parts], [X]));

        Assert.Equal([new Operand("up", 0, 96)], merged[0].Inputs);
        Assert.Equal([new Operand("down", 0, 48)], merged[0].Outputs);
        Assert.Equal([X, new Operand("down", 0, 48)], merged[1].Inputs);
    }

    [Theory]
    [InlineData("up[0]", "up[1]", "up")]
    [InlineData("query", "key", "query_key")]
    [InlineData("query_gradient", "key_gradient", "query_key_gradient")]
    [InlineData("key", "query_gradient", "key_query_gradient")]
    public void The_one_buffer_is_named_after_its_parts(string first, string second, string whole)
    {
        Kernel[] merged = Merge(
            HandMade.Kernel(KernelKind.Linear, [X], [X with { Buffer = first }]),
            HandMade.Kernel(KernelKind.Linear, [X], [X with { Buffer = second }]));

        Assert.Equal(whole, Assert.Single(merged).Outputs.Single().Buffer);
    }

    private static Kernel[] Merge(params Kernel[] kernels) =>
        [.. MergeKernels.Run(HandMade.Program(kernels), RoutineKind.FinalNorm, kernel => kernel.Kind == KernelKind.Linear)[RoutineKind.FinalNorm]];
}

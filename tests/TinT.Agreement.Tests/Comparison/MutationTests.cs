using TinT.Agreement.Comparison;
using TinT.Compiler.Construction;
using TinT.Literal.Execution;
using TinT.Reference;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Agreement.Tests.Comparison;

/// <summary>The comparison would find a wrong compiler: one wrong element of one literal parameter breaks it.</summary>
public sealed class MutationTests : IDisposable
{
    private static readonly SmallSpec spec = new("Mutated") { Attention = "exact", LayerNorm = "full" };

    private readonly SmallSimulators simulators = new(spec);
    private readonly SimulationBatch batch = RandomCases.Batch(seed: 4, spec.Description.Auxiliary);
    private readonly ReferenceResult<double> compiled;
    private readonly AuxiliaryModel<double> model;

    public MutationTests()
    {
        using ISimulator simulator = simulators.Load(spec.Model, seed: 1);
        compiled = WideResult.Of(simulator.Run(batch, new RunOptions { WeightUpdates = true }));
        model = AuxiliaryModelReader.Read<double>(simulators.Checkpoint(spec, 1), spec.Description.Auxiliary);
    }

    public void Dispose() => simulators.Dispose();

    [Fact]
    public void Unchanged_it_holds() => Assert.True(CompareWith(_ => { }).Holds);

    [Theory]
    [InlineData("forward.1.", ".new_v.", "sign")]
    [InlineData("forward.1.", ".q_attn", "sign")]
    [InlineData("forward.1.", ".k_attn", "sign")]
    [InlineData("forward.1.", ".v_attn", "move")]
    [InlineData("forward.1.", ".p_attn", "move")]
    [InlineData("forward.1.", ".p_expand", "sign")]
    [InlineData("forward.1.", ".c_proj", "move")]
    [InlineData("forward.1.", "permutation_conv", "move")]
    [InlineData("forward.1.", "bias_add_conv", "sign")]
    [InlineData("backward.1.", ".new_v.", "sign")]
    [InlineData("backward.1.", ".q_attn", "sign")]
    [InlineData("backward.1.", ".v_attn", "move")]
    [InlineData("backward.1.", ".c_proj", "move")]
    [InlineData("backward.1.", "descent", "sign")]
    public void One_wrong_element_breaks_it(string block, string part, string how)
    {
        string[] names = [.. new LiteralTint<double>(Graph(), model).Parameters.Names.Where(name =>
            name.StartsWith(block, StringComparison.Ordinal) && name.Contains(part, StringComparison.Ordinal))];
        Assert.NotEmpty(names);

        // Some parameters of each class are without effect in their module; the class as a whole is not.
        Assert.Contains(names, name => !CompareWith(tint => Mutate(tint.Parameters[name], how)).Holds);
    }

    private static void Mutate(double[] values, string how)
    {
        int place = Array.FindIndex(values, value => value != 0);
        if (place < 0)
            return;
        if (how == "sign")
            values[place] = -values[place];
        else
            (values[place], values[(place + 1) % values.Length]) = (values[(place + 1) % values.Length], values[place]);
    }

    private static LayerGraph Graph() => BuildLayerGraph.Run(SpecTexts.Read(spec.Text));

    private EngineComparison CompareWith(Action<LiteralTint<double>> mutate)
    {
        LiteralTint<double> literal = new(Graph(), model);
        mutate(literal);
        ReferenceResult<double> theirs = literal.Run(batch, new RunOptions { WeightUpdates = true });
        return EngineComparison.Of("compiled", compiled, "literal", theirs, model, spec.Steps, Rounding.OfSingles);
    }
}

using TinT.Accounting.Compiled;
using TinT.Compiler.Compilation;
using TinT.Compiler.Layout;

namespace TinT.Accounting.Tests.Compiled;

public sealed class SharedCostTests
{
    private static readonly int[] parts = [76, 128, 179, 230];

    /// <summary>Four training parts and three rates of GPT-2 at 256 tokens: what passes cost that are made once, and what they cost in single runs.</summary>
    [Fact]
    public void Shared_passes_are_counted_once()
    {
        CompiledModel model = SpecCompiler.Lower(CompiledSpec.Shipped("gpt2").Spec);
        PlannedRun[] runs = [.. from training in parts from rate in Enumerable.Range(0, 3) select PlannedRun.Of(model.Spec, 256, training)];
        double[] rates = [.. runs.Index().Select(run => Math.Pow(10, -3 - (run.Index % 3)))];

        double shared = SharedCost.Of(model, runs, rates).Operations;
        double alone = runs.Sum(run => Single(model, run));

        // One first pass instead of twelve, four heads and backward passes instead of twelve, and all twelve passes behind the step.
        Assert.InRange(alone / shared, 1.75, 1.85);
    }

    [Theory]
    [InlineData("gpt2", 256, 100)]
    [InlineData("byte-gpt2", 64, 0)]
    [InlineData("opt-125m", 300, 150)]
    public void One_training_costs_what_a_run_costs_but_for_copies(string spec, int tokens, int training)
    {
        CompiledModel model = SpecCompiler.Lower(CompiledSpec.Shipped(spec).Spec);
        PlannedRun run = PlannedRun.Of(model.Spec, tokens, training);
        double whole = Single(model, run);

        // A run without tokens to train on goes through the trained layers again; trainings that share passes do not.
        double shared = SharedCost.Of(model, [run], [1e-4]).Operations;
        Assert.InRange(shared / whole, training == 0 ? 0.4 : 0.999, 1.001);
    }

    [Fact]
    public void Settings_that_differ_in_their_steps_alone_are_one_training()
    {
        CompiledModel model = SpecCompiler.Lower(CompiledSpec.Shipped("byte-gpt2").Spec);
        PlannedRun two = PlannedRun.Of(model.Spec, 64, 32) with { Steps = 2 };
        double both = SharedCost.Of(model, [two with { Steps = 1 }, two], [1e-4, 1e-4]).Operations;
        double longest = SharedCost.Of(model, [two], [1e-4]).Operations;
        Assert.InRange(both / longest, 1.0, 1.1);
    }

    private static double Single(CompiledModel model, PlannedRun run) => CompiledCost.Of(model.Program, model.Parameters, model.Buffers, run).Total.Operations;
}

using TinT.Accounting;
using TinT.Accounting.Compiled;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>What benches on the processor and on devices have in common.</summary>
internal static class BenchRun
{
    private const int DefaultTokens = 256;

    /// <summary>The runs that were asked for, one for each number of tokens.</summary>
    /// <exception cref="PlannedRunException">The model cannot make such a run.</exception>
    public static IReadOnlyList<PlannedRun> Plan(ModelSpec spec, BenchRequest request)
    {
        IReadOnlyList<int> counts = request.Tokens.Count > 0 ? request.Tokens : [Math.Min(DefaultTokens, spec.Auxiliary.MaxPositionEmbeddings)];
        return [.. counts.Select(
            tokens => PlannedRun.Of(spec, tokens, request.TrainingTokens, request.BatchSize) with { Weights = request.Simulator.Weights })];
    }

    /// <summary>Ids all over the vocabulary; times do not depend on them.</summary>
    public static SimulationBatch MakeBatch(ModelSpec spec, PlannedRun run)
    {
        int vocabulary = spec.Auxiliary.VocabularySize;
        int count = run.BatchSize * run.Tokens;
        int[] ids = [.. Enumerable.Range(0, count).Select(index => (int)(((7919L * index) + 13) % vocabulary))];
        float[] mask = [.. Enumerable.Range(0, count).Select(index => index % run.Tokens < run.TrainingTokens ? 1f : 0f)];
        return new SimulationBatch(run.BatchSize, run.Tokens, ids, mask);
    }

    /// <summary>What the clock tells of a kernel.</summary>
    public static KernelTime TimeOf(KernelProgram program, KernelCost cost, KernelClock clock)
    {
        int index = program[cost.Routine].ToList().IndexOf(cost.Kernel);
        int number = KernelNumbers.Of(program, cost.Routine, index) + (cost.Head is { } pass ? (int)pass : 0);
        return new KernelTime(cost, clock.Calls(number), clock.Seconds(number));
    }
}

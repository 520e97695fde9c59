using TinT.Accounting;
using TinT.Accounting.Compiled;
using TinT.Accounting.Memory;
using TinT.Cli.Compilation;
using TinT.Cli.Simulators;
using TinT.Compiler.Layout;
using TinT.Evaluation.Sweeps;
using TinT.Model.Parameters;
using TinT.Reference.Weights;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Cli.Sweeps.Evaluations;

/// <summary>Operations and memory of inner trainings, from the accounts that <c>tint plan</c> uses.</summary>
/// <param name="model">The compiled model.</param>
/// <param name="weights">How matrices are stored.</param>
internal sealed class UnitCosts(CompiledModel model, WeightStorage weights)
{
    /// <summary>Operations of trainings of one sequence that share passes. Exact SGD is counted by the same passes.</summary>
    /// <param name="tokens">Tokens of the sequence.</param>
    /// <param name="points">The trainings.</param>
    public double Of(int tokens, IReadOnlyList<SweepPoint> points) =>
        SharedCost.Of(model, [.. points.Select(point => RunOf(tokens, 1, point))], [.. points.Select(point => point.LearningRate)]).Operations;

    /// <summary>Operations of one pass over a sequence.</summary>
    /// <param name="tokens">Its tokens.</param>
    public double OfPass(int tokens) =>
        CompiledCost.Of(model.Program, model.Parameters, model.Buffers, new PlannedRun(tokens, 0, 1, 1, model.Spec.Training.Layers)).Total.Operations;

    /// <summary>Bytes of a run: those of the hungriest setting.</summary>
    /// <param name="tokens">Tokens of a sequence.</param>
    /// <param name="batch">Sequences.</param>
    /// <param name="points">The settings.</param>
    /// <param name="threads">Threads.</param>
    public long Memory(int tokens, int batch, IEnumerable<SweepPoint> points, int threads) => points.Max(
        point => MemoryPlan.Of(model.Program, model.Parameters, model.Buffers, RunOf(tokens, batch, point), threads, logits: false).Peak);

    /// <summary>Bytes that exact SGD holds beside: of what is compiled as planned; of the reference weights, their copy, their gradients, and about as much again that its tape keeps.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="subset">What exact SGD trains; <see langword="null"/> if it does not run.</param>
    /// <param name="tokens">Tokens of a sequence.</param>
    /// <param name="batch">Sequences.</param>
    /// <param name="points">The settings.</param>
    /// <param name="threads">Threads.</param>
    public static long MemoryOfExact(SpecFile spec, ParameterSubset? subset, int tokens, int batch, IEnumerable<SweepPoint> points, int threads) => subset switch
    {
        null => 0,
        { } trained when ExactSimulator.IsCompiled(trained) =>
            new UnitCosts(ExactSimulator.CompiledSpec(spec, trained).Model, WeightStorage.SinglePrecision).Memory(tokens, batch, points, threads),
        _ => 4 * spec.Model.Spec.Auxiliary.Model.ParameterCount() * sizeof(float),
    };

    private PlannedRun RunOf(int tokens, int batch, SweepPoint point) =>
        new(tokens, TrainingSplit.Create(point.TrainFraction, tokens).TrainingTokens, batch, point.Steps, point.Layers) { Weights = weights };
}

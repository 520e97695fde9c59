using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Simulators;
using TinT.Evaluation.Perplexity;
using TinT.Reference.Weights;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>The methods of a perplexity evaluation with their weights: exact SGD, if it runs, and TinT.</summary>
internal sealed class LoadedMethods : IDisposable
{
    /// <summary>Loads them.</summary>
    /// <param name="context">Where progress goes.</param>
    /// <param name="spec">The spec.</param>
    /// <param name="model">The compiled spec.</param>
    /// <param name="checkpoint">Model directory.</param>
    /// <param name="subset">What exact SGD trains; <see langword="null"/> if it does not run.</param>
    /// <param name="simulators">Threads of each simulator – they run one after the other – and how TinT's stores weights.</param>
    /// <param name="device">Where compiled simulators run.</param>
    /// <exception cref="CheckpointFormatException">The checkpoint does not fit the spec.</exception>
    public LoadedMethods(
        CommandContext context, SpecFile spec, SimulatorFactory model, string checkpoint, ParameterSubset? subset, SimulatorOptions simulators, ChosenDevice device)
    {
        ISimulator tint = context.Load(model, checkpoint, simulators);
        try
        {
            ISimulator? exact = subset is { } trained ? ExactSimulator.Load(context, spec, trained, checkpoint, device, simulators.Threads) : null;
            All =
            [
                .. MethodComparison.NamesOf(subset, simulators.Weights)
                    .Zip(exact is null ? [tint] : (ISimulator[])[exact, tint], (name, simulator) => new EvaluationMethod(name, simulator)),
            ];
        }
        catch
        {
            tint.Dispose();
            throw;
        }
    }

    /// <summary>The methods, in the order of the table.</summary>
    public IReadOnlyList<EvaluationMethod> All { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (EvaluationMethod method in All)
            method.Simulator.Dispose();
    }
}

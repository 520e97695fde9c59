using TinT.Cli.Jobs;
using TinT.Cli.Simulators;

namespace TinT.Cli.Sweeps.Reading;

/// <summary>An evaluation of a sweep, as the command of the same kind would be asked for it.</summary>
/// <param name="Label">What sets it apart from the others of the sweep.</param>
internal abstract record SweepEntry(string Label)
{
    /// <summary>The simulator.</summary>
    public abstract SimulatorChoice Simulator { get; }
}

/// <summary>Perplexity on a text.</summary>
/// <param name="Label">What sets it apart.</param>
/// <param name="Request">What is asked for.</param>
internal sealed record PerplexityEntry(string Label, PerplexityRequest Request) : SweepEntry(Label)
{
    /// <inheritdoc/>
    public override SimulatorChoice Simulator => Request.Simulator;
}

/// <summary>Classification of tasks.</summary>
/// <param name="Label">What sets it apart.</param>
/// <param name="Request">What is asked for.</param>
internal sealed record InContextEntry(string Label, InContextRequest Request) : SweepEntry(Label)
{
    /// <inheritdoc/>
    public override SimulatorChoice Simulator => Request.Simulator;
}

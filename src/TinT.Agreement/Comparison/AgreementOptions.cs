using TinT.Runtime.Simulation;

namespace TinT.Agreement.Comparison;

/// <summary>What a check computes.</summary>
public sealed record AgreementOptions
{
    /// <summary>Inner learning rate; <see langword="null"/> for the spec's.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Whether the literal construction takes part. It is the part whose cost grows fastest.</summary>
    public bool Literal { get; init; } = true;

    /// <summary>Whether the literal construction, if it takes part, runs a second time with tanh gates.</summary>
    public bool SoftGates { get; init; } = true;

    /// <summary>The compiled GPU simulator with the model's weights, if it takes part.</summary>
    public ISimulator? Gpu { get; init; }

    /// <summary>The compiled simulators with weights in 16 bits and with rounded weights, if they take part.</summary>
    public NarrowSimulators? Narrow { get; init; }

    /// <summary>Most threads at work.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Told what is computed next.</summary>
    public IProgress<string>? Progress { get; init; }

    /// <summary>Asked between passes.</summary>
    public CancellationToken CancellationToken { get; init; }
}

using TinT.Cli.Simulators;

namespace TinT.Cli.Jobs;

/// <summary>What <c>tint bench</c> is asked to do.</summary>
internal sealed record BenchRequest
{
    /// <summary>The simulator.</summary>
    public required SimulatorChoice Simulator { get; init; }

    /// <summary>Tokens in each sequence, a measurement for each; empty for 256 or the context length.</summary>
    public IReadOnlyList<int> Tokens { get; init; } = [];

    /// <summary>Tokens that train; <see langword="null"/> for half of them.</summary>
    public int? TrainingTokens { get; init; }

    /// <summary>Sequences.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>Runs that count.</summary>
    public int Runs { get; init; } = 5;

    /// <summary>File for JSON, if wanted.</summary>
    public string? JsonPath { get; init; }
}

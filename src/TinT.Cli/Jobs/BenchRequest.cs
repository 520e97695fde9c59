using TinT.Runtime.Cpu;

namespace TinT.Cli.Jobs;

/// <summary>What <c>tint bench</c> is asked to do.</summary>
internal sealed record BenchRequest
{
    /// <summary>Path of the spec.</summary>
    public required string Spec { get; init; }

    /// <summary>Model directory; <see langword="null"/> for random weights.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Tokens in each sequence, a measurement for each; empty for 256 or the context length.</summary>
    public IReadOnlyList<int> Tokens { get; init; } = [];

    /// <summary>Tokens that train; <see langword="null"/> for half of them.</summary>
    public int? TrainingTokens { get; init; }

    /// <summary>Sequences.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>Where the compiled simulator runs; <see langword="null"/> for the processor.</summary>
    public string? Device { get; init; }

    /// <summary>Whether cuBLAS computes plain products.</summary>
    public bool CuBlas { get; init; }

    /// <summary>How the compiled simulator stores the matrices of the auxiliary model.</summary>
    public WeightStorage Weights { get; init; }

    /// <summary>Threads, a measurement for each.</summary>
    public required IReadOnlyList<int> Threads { get; init; }

    /// <summary>Runs that count.</summary>
    public int Runs { get; init; } = 5;

    /// <summary>File for JSON, if wanted.</summary>
    public string? JsonPath { get; init; }
}

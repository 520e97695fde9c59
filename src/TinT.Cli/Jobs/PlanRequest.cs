using TinT.Accounting.Gpu;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Cli.Jobs;

/// <summary>What <c>tint plan</c> is asked to do.</summary>
internal sealed record PlanRequest
{
    /// <summary>Path of the spec.</summary>
    public required string Spec { get; init; }

    /// <summary>Tokens in each sequence; <see langword="null"/> for the context length.</summary>
    public int? Tokens { get; init; }

    /// <summary>Tokens that train; <see langword="null"/> for half of them.</summary>
    public int? TrainingTokens { get; init; }

    /// <summary>Sequences.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>How the compiled simulator stores the matrices of the auxiliary model.</summary>
    public WeightStorage Weights { get; init; }

    /// <summary>Threads of the compiled simulator.</summary>
    public required int Threads { get; init; }

    /// <summary>GPUs that are planned for as well.</summary>
    public IReadOnlyList<GpuProfile> Devices { get; init; } = [];

    /// <summary>File for JSON, if wanted.</summary>
    public string? JsonPath { get; init; }

    /// <summary>File for the page, if wanted.</summary>
    public string? HtmlPath { get; init; }
}

using TinT.Runtime.Checkpoints;

namespace TinT.Cli.Jobs;

/// <summary>What <c>tint export</c> is asked to do.</summary>
internal sealed record ExportRequest
{
    /// <summary>Path of the spec.</summary>
    public required string Spec { get; init; }

    /// <summary>Model directory.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Directory to write.</summary>
    public required string Output { get; init; }

    /// <summary>Type of the parameters.</summary>
    public required TensorType Type { get; init; }

    /// <summary>Argument of an open tanh gate; <see langword="null"/> for hard gates.</summary>
    public double? GateScale { get; init; }

    /// <summary>Most bytes in a shard.</summary>
    public required long ShardBytes { get; init; }

    /// <summary>Whether an earlier export is replaced.</summary>
    public bool Replace { get; init; }
}

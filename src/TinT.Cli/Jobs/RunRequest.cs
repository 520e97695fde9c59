using TinT.Runtime.Cpu;

namespace TinT.Cli.Jobs;

/// <summary>What <c>tint run</c> is asked to do.</summary>
internal sealed record RunRequest
{
    /// <summary>Path of the spec.</summary>
    public required string Spec { get; init; }

    /// <summary>Model directory.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Safetensors file with the batch.</summary>
    public required string Input { get; init; }

    /// <summary>Safetensors file for the result.</summary>
    public required string Output { get; init; }

    /// <summary>File for a summary as JSON, if wanted.</summary>
    public string? JsonPath { get; init; }

    /// <summary>Whether results that are not finite are no failure.</summary>
    public bool AllowNonFinite { get; init; }

    /// <summary>Whether the change of every updated weight is written.</summary>
    public bool WeightUpdates { get; init; }

    /// <summary>Whether the plain equations are computed in double precision instead of the compiled simulator.</summary>
    public bool DoublePrecision { get; init; }

    /// <summary>Whether the literal construction computes in double precision instead.</summary>
    public bool Literal { get; init; }

    /// <summary>Argument of the literal construction's open tanh gates; <see langword="null"/> for hard gates.</summary>
    public double? GateScale { get; init; }

    /// <summary>Inner learning rate; <see langword="null"/> for the spec's.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Inner steps; <see langword="null"/> for the spec's.</summary>
    public int? Steps { get; init; }

    /// <summary>Trained layers; <see langword="null"/> for the spec's.</summary>
    public int? Layers { get; init; }

    /// <summary>Where the compiled simulator runs; <see langword="null"/> for the processor.</summary>
    public string? Device { get; init; }

    /// <summary>Whether cuBLAS computes plain products.</summary>
    public bool CuBlas { get; init; }

    /// <summary>How the compiled simulator stores the matrices of the auxiliary model.</summary>
    public WeightStorage Weights { get; init; }

    /// <summary>Threads.</summary>
    public required int Threads { get; init; }
}

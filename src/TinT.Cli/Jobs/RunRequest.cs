using TinT.Cli.Simulators;
using TinT.Evaluation.Sweeps;

namespace TinT.Cli.Jobs;

/// <summary>What <c>tint run</c> is asked to do.</summary>
internal sealed record RunRequest
{
    /// <summary>The simulator.</summary>
    public required SimulatorChoice Simulator { get; init; }

    /// <summary>The inner training: one learning rate, number of steps and of layers.</summary>
    public required Sweep Sweep { get; init; }

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
}

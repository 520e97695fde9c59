namespace TinT.Cli.Sweeps.Clusters;

/// <summary>What <c>tint sweep submit</c> is asked to do beside the sweep itself; <see langword="null"/> stands for what follows from the plan.</summary>
internal sealed record ClusterRequest
{
    /// <summary>Processes.</summary>
    public int Tasks { get; init; } = 4;

    /// <summary>How the tool is called there.</summary>
    public string? Tool { get; init; }

    /// <summary>Minutes of a process.</summary>
    public int? Minutes { get; init; }

    /// <summary>MiB of a process.</summary>
    public int? Megabytes { get; init; }

    /// <summary>Whether only the script is written.</summary>
    public bool DryRun { get; init; }

    /// <summary>More options of <c>sbatch</c>, one a line of the script.</summary>
    public IReadOnlyList<string> SlurmOptions { get; init; } = [];

    /// <summary>Image of the containers.</summary>
    public string? Image { get; init; }

    /// <summary>The claim of the volume that all containers see.</summary>
    public string VolumeClaim { get; init; } = "tint";

    /// <summary>Where the volume is mounted.</summary>
    public string? Mount { get; init; }
}

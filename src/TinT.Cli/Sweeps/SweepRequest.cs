using TinT.Cli.Jobs;

namespace TinT.Cli.Sweeps;

/// <summary>What the commands of <c>tint sweep</c> are asked to do.</summary>
internal sealed record SweepRequest
{
    /// <summary>The sweep.</summary>
    public required string Sweep { get; init; }

    /// <summary>Folder of results; <see langword="null"/> for the one beside the sweep.</summary>
    public string? Output { get; init; }

    /// <summary>Threads; <see langword="null"/> for those of the sweep.</summary>
    public int? Threads { get; init; }

    /// <summary>The share that a process begins with.</summary>
    public ShardChoice? Shard { get; init; }

    /// <summary>How long claims last untouched.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether speed is measured for a plan.</summary>
    public bool Measures { get; init; } = true;

    /// <summary>JSON file to write.</summary>
    public string? JsonPath { get; init; }

    /// <summary>CSV file to write.</summary>
    public string? CsvPath { get; init; }

    /// <summary>Page to write.</summary>
    public string? HtmlPath { get; init; }
}

using TinT.Cli.Simulators;
using TinT.Evaluation.InContext.Protocol;
using TinT.Reference.Weights;

namespace TinT.Cli.Jobs;

/// <summary>What <c>tint eval icl</c> is asked to do.</summary>
internal sealed record InContextRequest
{
    /// <summary>The simulator.</summary>
    public required SimulatorChoice Simulator { get; init; }

    /// <summary>Whether this is the demonstration that ships, which explains itself.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Folder of the tasks' data.</summary>
    public required string Data { get; init; }

    /// <summary>Names of known tasks; empty for those of the paper that the folder has.</summary>
    public required IReadOnlyList<string> Tasks { get; init; }

    /// <summary>Files that describe tasks.</summary>
    public required IReadOnlyList<string> TaskFiles { get; init; }

    /// <summary>Number of the known tasks' templates.</summary>
    public int Template { get; init; }

    /// <summary><c>bytes</c> or a directory; <see langword="null"/> for the checkpoint's.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>The protocol; the first id of prompts is filled in from the tokenizer.</summary>
    public required InContextOptions Options { get; init; }

    /// <summary>What exact SGD trains; <see langword="null"/> to leave it out.</summary>
    public ParameterSubset? Exact { get; init; }

    /// <summary>Another model directory, whose model only scores.</summary>
    public string? Second { get; init; }

    /// <summary>Its spec; <see langword="null"/> for the same.</summary>
    public string? SecondSpec { get; init; }

    /// <summary>Prompts of each task to show instead of running them.</summary>
    public int? ShowPrompts { get; init; }

    /// <summary>Whether to count only.</summary>
    public bool DryRun { get; init; }

    /// <summary>Log to keep finished runs in and to go on from.</summary>
    public string? LogPath { get; init; }

    /// <summary>Logs whose runs are not repeated.</summary>
    public IReadOnlyList<string> MergedPaths { get; init; } = [];

    /// <summary>The part of the runs that this process does; <see langword="null"/> for all.</summary>
    public ShardChoice? Shard { get; init; }

    /// <summary>JSON lines of samples to append to.</summary>
    public string? SamplesPath { get; init; }

    /// <summary>Markdown file to write.</summary>
    public string? MarkdownPath { get; init; }

    /// <summary>LaTeX file to write.</summary>
    public string? LatexPath { get; init; }

    /// <summary>HTML page to write.</summary>
    public string? HtmlPath { get; init; }

    /// <summary>JSON file to write.</summary>
    public string? JsonPath { get; init; }

    /// <summary>CSV file to write.</summary>
    public string? CsvPath { get; init; }
}

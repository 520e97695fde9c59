using TinT.Cli.Simulators;
using TinT.Evaluation.Sweeps;
using TinT.Reference.Weights;

namespace TinT.Cli.Jobs;

/// <summary>What <c>tint eval perplexity</c> is asked to do; <see langword="null"/> stands for the default.</summary>
internal sealed record PerplexityRequest
{
    /// <summary>The simulator.</summary>
    public required SimulatorChoice Simulator { get; init; }

    /// <summary>Inner trainings to evaluate.</summary>
    public required Sweep Sweep { get; init; }

    /// <summary>Text files.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <summary><c>bytes</c> or a directory.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>Whether special tokens in texts are read as such.</summary>
    public bool SpecialTokens { get; init; }

    /// <summary>What exact SGD trains; <see langword="null"/> if it does not run.</summary>
    public required ParameterSubset? Exact { get; init; }

    /// <summary>Most blocks.</summary>
    public int? Blocks { get; init; }

    /// <summary>Tokens in a block.</summary>
    public int? BlockSize { get; init; }

    /// <summary>Lines in a group.</summary>
    public int? GroupLines { get; init; }

    /// <summary>Blocks given to a simulator at once; <see langword="null"/> for what suits the threads.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Whether perplexities that are not finite are no failure.</summary>
    public bool AllowNonFinite { get; init; }

    /// <summary>Log of finished runs.</summary>
    public string? LogPath { get; init; }

    /// <summary>Logs of other processes.</summary>
    public IReadOnlyList<string> MergedPaths { get; init; } = [];

    /// <summary>Whether the log keeps the loss of each scored token.</summary>
    public bool KeepsTokenLosses { get; init; }

    /// <summary>The part of the blocks to run; <see langword="null"/> for all.</summary>
    public ShardChoice? Shard { get; init; }

    /// <summary>JSON file to write.</summary>
    public string? JsonPath { get; init; }

    /// <summary>CSV file to write.</summary>
    public string? CsvPath { get; init; }

    /// <summary>Page to write.</summary>
    public string? HtmlPath { get; init; }

    /// <summary>Directory to write plots into.</summary>
    public string? PlotsDirectory { get; init; }
}

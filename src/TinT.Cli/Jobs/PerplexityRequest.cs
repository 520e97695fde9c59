using TinT.Reference.Weights;
using TinT.Runtime.Cpu;

namespace TinT.Cli.Jobs;

/// <summary>What <c>tint eval perplexity</c> is asked to do; <see langword="null"/> stands for the default.</summary>
internal sealed record PerplexityRequest
{
    /// <summary>Path of the spec.</summary>
    public required string Spec { get; init; }

    /// <summary>Model directory.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Text files.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <summary><c>bytes</c> or a directory.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>Whether special tokens in texts are read as such.</summary>
    public bool SpecialTokens { get; init; }

    /// <summary>First parts of each block to train on.</summary>
    public required IReadOnlyList<double> TrainFractions { get; init; }

    /// <summary>Inner learning rates; empty for the spec's.</summary>
    public required IReadOnlyList<double> LearningRates { get; init; }

    /// <summary>What exact SGD trains.</summary>
    public required ParameterSubset Exact { get; init; }

    /// <summary>Most blocks.</summary>
    public int? Blocks { get; init; }

    /// <summary>Tokens in a block.</summary>
    public int? BlockSize { get; init; }

    /// <summary>Lines in a group.</summary>
    public int? GroupLines { get; init; }

    /// <summary>Blocks given to a simulator at once; <see langword="null"/> for what suits the threads.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Inner steps.</summary>
    public int? Steps { get; init; }

    /// <summary>Trained layers.</summary>
    public int? Layers { get; init; }

    /// <summary>Where the compiled simulator runs; <see langword="null"/> for the processor.</summary>
    public string? Device { get; init; }

    /// <summary>Whether cuBLAS computes plain products.</summary>
    public bool CuBlas { get; init; }

    /// <summary>How the compiled simulator stores the matrices of the auxiliary model.</summary>
    public WeightStorage Weights { get; init; }

    /// <summary>Threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Whether perplexities that are not finite are no failure.</summary>
    public bool AllowNonFinite { get; init; }

    /// <summary>JSON file to write.</summary>
    public string? JsonPath { get; init; }

    /// <summary>CSV file to write.</summary>
    public string? CsvPath { get; init; }
}

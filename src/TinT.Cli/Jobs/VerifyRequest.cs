using TinT.Runtime.Cpu;

namespace TinT.Cli.Jobs;

/// <summary>What <c>tint verify</c> is asked to do.</summary>
internal sealed record VerifyRequest
{
    /// <summary>Path of the spec.</summary>
    public required string Spec { get; init; }

    /// <summary>Whether the spec is scaled down first.</summary>
    public required bool IsSmall { get; init; }

    /// <summary>Model directory; <see langword="null"/> for random weights.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Text files; none for random tokens.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary><c>bytes</c> or a directory; <see langword="null"/> to choose.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>Whether special tokens in texts are read as such.</summary>
    public bool SpecialTokens { get; init; }

    /// <summary>Tokens of the input; <see langword="null"/> for the default.</summary>
    public int? Tokens { get; init; }

    /// <summary>First part of the tokens to train on.</summary>
    public required double TrainFraction { get; init; }

    /// <summary>Number that random weights and tokens follow from.</summary>
    public required int Seed { get; init; }

    /// <summary>Inner learning rate; <see langword="null"/> for the spec's.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Whether the literal construction takes part.</summary>
    public required bool Literal { get; init; }

    /// <summary>Where the compiled simulator runs; <see langword="null"/> for the processor.</summary>
    public string? Device { get; init; }

    /// <summary>Whether cuBLAS computes plain products.</summary>
    public bool CuBlas { get; init; }

    /// <summary>How the compiled simulator stores the matrices of the auxiliary model.</summary>
    public WeightStorage Weights { get; init; }

    /// <summary>Threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Where to write JSON, if anywhere.</summary>
    public string? JsonPath { get; init; }

    /// <summary>Where to write the page, if anywhere.</summary>
    public string? HtmlPath { get; init; }
}

using TinT.Cli.Simulators;
using TinT.Evaluation.Sweeps;

namespace TinT.Cli.Jobs;

/// <summary>What <c>tint verify</c> is asked to do.</summary>
internal sealed record VerifyRequest
{
    /// <summary>The simulator.</summary>
    public required SimulatorChoice Simulator { get; init; }

    /// <summary>The inner training: one fraction and one learning rate.</summary>
    public required Sweep Sweep { get; init; }

    /// <summary>Whether the spec is scaled down first.</summary>
    public required bool IsSmall { get; init; }

    /// <summary>Text files; none for random tokens.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary><c>bytes</c> or a directory; <see langword="null"/> to choose.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>Whether special tokens in texts are read as such.</summary>
    public bool SpecialTokens { get; init; }

    /// <summary>Tokens of the input; <see langword="null"/> for the default.</summary>
    public int? Tokens { get; init; }

    /// <summary>Number that random weights and tokens follow from.</summary>
    public required int Seed { get; init; }

    /// <summary>Whether the literal construction takes part.</summary>
    public required bool Literal { get; init; }

    /// <summary>Where to write JSON, if anywhere.</summary>
    public string? JsonPath { get; init; }

    /// <summary>Where to write the page, if anywhere.</summary>
    public string? HtmlPath { get; init; }
}

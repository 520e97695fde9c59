namespace TinT.Cli.Jobs;

/// <summary>What <c>tint tokens</c> is asked to do.</summary>
internal sealed record TokensRequest
{
    /// <summary>Stands for standard input where a text is read.</summary>
    public const string StandardInput = "-";

    /// <summary><c>bytes</c> or a directory.</summary>
    public required string Tokenizer { get; init; }

    /// <summary>Text file, or <see cref="StandardInput"/>.</summary>
    public required string Text { get; init; }

    /// <summary>Whether special tokens in the text are read as such.</summary>
    public bool SpecialTokens { get; init; }

    /// <summary>JSON file to write.</summary>
    public string? JsonPath { get; init; }
}

namespace TinT.Compiler.Specs.Format;

/// <summary>One key of the spec format.</summary>
/// <param name="Name">The key.</param>
/// <param name="Required">Whether it has no default.</param>
/// <param name="Example">A value that could stand there.</param>
internal abstract record KeyFormat(string Name, bool Required, string Example)
{
    /// <summary>What it means, for editors.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Other names of the same thing, such as those in a checkpoint's <c>config.json</c>; only ever suggested.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>What the key takes, with its article, for messages.</summary>
    public abstract string Kind { get; }
}

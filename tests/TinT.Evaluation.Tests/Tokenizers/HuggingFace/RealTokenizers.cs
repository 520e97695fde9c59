namespace TinT.Evaluation.Tests.Tokenizers.HuggingFace;

/// <summary>Real tokenizers, which are not part of the project: directories with a <c>tokenizer.json</c> below one that an environment variable names.</summary>
internal static class RealTokenizers
{
    private const string Variable = "TINT_TOKENIZERS";

    private static readonly string? folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null;

    /// <summary>Why there are none; <see langword="null"/> if there are.</summary>
    public static string? Absence { get; } = folder is null
        ? $"{Variable} names no directory with directories that have a tokenizer.json."
        : HuggingFaceTokenizer.Absence;

    /// <summary>Their names; one that stands for none if there are none.</summary>
    public static IReadOnlyList<string> Names { get; } = folder is null
        ? ["none"]
        : [.. Directory.GetDirectories(folder).Where(path => File.Exists(Path.Combine(path, "tokenizer.json"))).Select(path => Path.GetFileName(path)).Order(
            StringComparer.Ordinal)];

    /// <summary>Directory of one.</summary>
    public static string DirectoryOf(string name) => Path.Combine(folder!, name);
}

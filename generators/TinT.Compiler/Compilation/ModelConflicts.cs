using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Compilation;

/// <summary>Finds specs of one project that would generate the same files or classes.</summary>
public static class ModelConflicts
{
    /// <summary>What the GPU simulator's class has between the model's name and <c>Simulator</c>.</summary>
    private const string Gpu = "Gpu";

    /// <summary>The first conflict of each spec that has one. Names of files do not tell letter cases apart, so names of models do not either.</summary>
    /// <param name="specs">Paths of the specs and names of their models, with their places.</param>
    /// <returns>Diagnostics by path.</returns>
    public static IReadOnlyDictionary<string, SpecDiagnostic> Find(IReadOnlyList<(string Path, Spanned<string> Model)> specs)
    {
        var conflicts = new Dictionary<string, SpecDiagnostic>(StringComparer.Ordinal);
        foreach ((string path, Spanned<string> model) in specs)
        {
            foreach ((string otherPath, Spanned<string> other) in specs)
            {
                if (otherPath == path || Shared(model.Value, other.Value) is not { } shared)
                    continue;
                string name = FileName(otherPath) == FileName(path) ? otherPath : FileName(otherPath);
                conflicts[path] = SpecDiagnostic.Create(
                    LoweringDiagnostics.SharedModelName, model.Span, PrintableText.Shorten(name, limit: 300), other.Value, shared);
                break;
            }
        }

        return conflicts;
    }

    /// <summary>What both models would generate; <see langword="null"/> if nothing.</summary>
    private static string? Shared(string model, string other)
    {
        if (Same(model, other))
            return "the same files";
        if (Same(model + Gpu, other))
            return $"a class {model}{Gpu}Simulator";
        return Same(model, other + Gpu) ? $"a class {other}{Gpu}Simulator" : null;
    }

    private static bool Same(string first, string second) => string.Equals(first, second, StringComparison.OrdinalIgnoreCase);

    private static string FileName(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
}

using System.Text.RegularExpressions;
using TinT.Tests.Common;

namespace TinT.Architecture.Tests;

/// <summary>A source file of a project.</summary>
/// <param name="Project">Name of the project.</param>
/// <param name="Folders">Folders below the project, from the outermost.</param>
/// <param name="Path">Path of the file.</param>
internal sealed partial record SourceFile(string Project, IReadOnlyList<string> Folders, string Path)
{
    /// <summary>Where projects of the product lie.</summary>
    public static IReadOnlyList<string> Rooms { get; } = [RepositoryFiles.InRepository("generators"), RepositoryFiles.InRepository("src")];

    /// <summary>Every file of the product that is written by hand.</summary>
    public static IReadOnlyList<SourceFile> All { get; } =
        [.. Rooms.SelectMany(Directory.GetDirectories).Order(StringComparer.Ordinal).SelectMany(OfProject)];

    /// <summary>The file's name in messages, below the repository.</summary>
    public string Name => System.IO.Path.GetRelativePath(RepositoryFiles.Root, Path).Replace('\\', '/');

    /// <summary>The namespace that it declares; <see langword="null"/> if there is none.</summary>
    public string? Namespace => NamespaceLine().Match(File.ReadAllText(Path)) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The namespace of its folder.</summary>
    public string ExpectedNamespace => string.Join('.', [Project, .. Folders]);

    private static IEnumerable<SourceFile> OfProject(string project)
    {
        foreach (string path in Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string[] parts = System.IO.Path.GetRelativePath(project, path).Split(System.IO.Path.DirectorySeparatorChar);
            if (parts[0] is not ("bin" or "obj"))
                yield return new SourceFile(System.IO.Path.GetFileName(project), parts[..^1], path);
        }
    }

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();
}

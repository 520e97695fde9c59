using TinT.Tests.Common;

namespace TinT.Architecture.Tests;

/// <summary>A source file of a project.</summary>
/// <param name="Project">Name of the project.</param>
/// <param name="Folders">Folders below the project, from the outermost.</param>
/// <param name="Path">Path of the file.</param>
internal sealed record SourceFile(string Project, IReadOnlyList<string> Folders, string Path)
{
    /// <summary>Where projects of the product lie.</summary>
    public static IReadOnlyList<string> Rooms { get; } = [RepositoryFiles.InRepository("generators"), RepositoryFiles.InRepository("src")];

    /// <summary>Every file of the product that is written by hand.</summary>
    public static IReadOnlyList<SourceFile> All { get; } =
        [.. Rooms.SelectMany(Directory.GetDirectories).Order(StringComparer.Ordinal).SelectMany(OfProject)];

    private static IEnumerable<SourceFile> OfProject(string project)
    {
        foreach (string path in Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string[] parts = System.IO.Path.GetRelativePath(project, path).Split(System.IO.Path.DirectorySeparatorChar);
            if (parts[0] is not ("bin" or "obj"))
                yield return new SourceFile(System.IO.Path.GetFileName(project), parts[..^1], path);
        }
    }
}

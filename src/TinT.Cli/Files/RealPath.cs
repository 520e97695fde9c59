namespace TinT.Cli.Files;

/// <summary>Paths without links.</summary>
internal static class RealPath
{
    private static readonly StringComparison comparison = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        ? StringComparison.OrdinalIgnoreCase
        : StringComparison.Ordinal;

    /// <summary>The path with every link in it followed; what does not exist is taken as it is.</summary>
    /// <param name="path">The path.</param>
    public static string Of(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        string place = Path.Combine(Of(parent), Path.GetFileName(full));
        return ResolveLink(place) is { } target && target != place ? Of(target) : place;
    }

    /// <summary>Whether a path is a directory or lies in it.</summary>
    /// <param name="directory">Real path of the directory.</param>
    /// <param name="path">The real path.</param>
    public static bool Contains(string directory, string path) =>
        path.StartsWith(directory, comparison)
        && (path.Length == directory.Length || Path.EndsInDirectorySeparator(directory) || path[directory.Length] == Path.DirectorySeparatorChar);

    private static string? ResolveLink(string path)
    {
        try
        {
            return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            // Links that lead in a circle; whoever opens the path is told.
            return null;
        }
    }
}

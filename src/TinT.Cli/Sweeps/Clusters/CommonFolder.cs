using TinT.Cli.Outcomes;

namespace TinT.Cli.Sweeps.Clusters;

/// <summary>The folder that files have in common.</summary>
internal static class CommonFolder
{
    /// <summary>The deepest folder above all paths.</summary>
    /// <param name="paths">Absolute paths.</param>
    /// <exception cref="UsageException">There is none but the root.</exception>
    public static string Of(IReadOnlyList<string> paths)
    {
        string? folder = Path.GetDirectoryName(paths[0]);
        while (folder is not null && !paths.All(path => path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            folder = Path.GetDirectoryName(folder);
        return folder is not null && Path.GetDirectoryName(folder) is not null
            ? folder
            : throw new UsageException("What the sweep names lies in no common folder below the root, so that no volume has all of it; put it into one, or name the volume's place with --mount.");
    }
}

using TinT.Cli.Outcomes;

namespace TinT.Cli.Files;

/// <summary>A directory that a command writes into or makes.</summary>
internal static class OutputDirectory
{
    /// <summary>Makes sure that it is or can become a directory with new files in it; nothing is changed.</summary>
    /// <param name="directory">The directory.</param>
    /// <exception cref="UsageException">It cannot.</exception>
    public static void Check(NamedFile directory)
    {
        if (directory.Path == NamedFile.StandardOutput)
            throw new UsageException(
                $"{directory.Symbol} needs a directory: several files cannot go to standard output. For a directory of that name write ./-.");
        string place = RealPath.Of(directory.Path);
        string? existing = place;
        while (existing is not null && !Directory.Exists(existing))
        {
            if (Path.Exists(existing))
                throw new UsageException(existing == place ? $"{directory} is a file; name a directory." : $"{directory} cannot be made: {existing} is a file; name another directory.");
            existing = Path.GetDirectoryName(existing);
        }

        try
        {
            WritableDirectory.Probe(existing ?? place);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(
                $"{directory} cannot be written: there can be no new files in {existing} ({exception.Message}); name another directory.", exception);
        }
    }
}

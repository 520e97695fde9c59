using TinT.Compiler;

namespace TinT.Cli.Compilation;

/// <summary>Writes generated sources to a folder.</summary>
internal static class SourceFolder
{
    /// <summary>
    /// Writes the files under temporary names first and renames them when all are complete; existing files are replaced.
    /// </summary>
    /// <param name="directory">The folder; created if it is missing.</param>
    /// <param name="sources">The files.</param>
    /// <param name="cancellationToken">Asked before each file and once more before the first is renamed.</param>
    /// <exception cref="SourceOutputException">The folder cannot be written to.</exception>
    public static void Write(string directory, IReadOnlyList<GeneratedSource> sources, CancellationToken cancellationToken)
    {
        List<(string Temporary, string Path)> files = [];
        try
        {
            Directory.CreateDirectory(directory);
            try
            {
                foreach (GeneratedSource source in sources)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    string temporary = Path.Combine(directory, $".{source.HintName}.{Path.GetRandomFileName()}");
                    files.Add((temporary, Path.Combine(directory, source.HintName)));
                    File.WriteAllText(temporary, source.Text, GeneratedSource.Encoding);
                }

                cancellationToken.ThrowIfCancellationRequested();
                foreach ((string temporary, string path) in files)
                    File.Move(temporary, path, overwrite: true);
            }
            finally
            {
                // Those that were renamed are gone already; deleting what is not there does nothing.
                foreach ((string temporary, _) in files)
                    File.Delete(temporary);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SourceOutputException($"{directory}: cannot be written to ({exception.Message}); name another directory.", exception);
        }
    }
}

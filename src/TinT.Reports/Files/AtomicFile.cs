using TinT.Runtime.Files;

namespace TinT.Reports.Files;

/// <summary>Writes files that are either complete or not there.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes under a temporary name in the same directory, then renames; an existing file is replaced. Symbolic links are followed; devices and pipes are
    /// written to as they are.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="ReportException">The directory is missing, or the file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            OutputFile.Write(path, write);
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new ReportException($"{path}: the directory does not exist; create it first.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ReportException($"{path}: cannot be written: {exception.Message}", exception);
        }
    }
}

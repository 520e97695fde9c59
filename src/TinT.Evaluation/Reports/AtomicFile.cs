namespace TinT.Evaluation.Reports;

/// <summary>Writes files that are either complete or not there.</summary>
public static class AtomicFile
{
    /// <summary>Writes under a temporary name in the same directory, then renames; an existing file is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="ReportException">The directory is missing, or the file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string fullPath = Path.GetFullPath(path);
        string directory = Path.GetDirectoryName(fullPath) ?? fullPath;
        string temporary = Path.Combine(directory, $".{Path.GetFileName(fullPath)}.{Path.GetRandomFileName()}");
        try
        {
            try
            {
                using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
                    write(stream);
                File.Move(temporary, fullPath, overwrite: true);
            }
            finally
            {
                // Gone already if it was renamed; deleting what is not there does nothing.
                if (Directory.Exists(directory))
                    File.Delete(temporary);
            }
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

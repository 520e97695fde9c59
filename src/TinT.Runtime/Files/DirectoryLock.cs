namespace TinT.Runtime.Files;

/// <summary>Lets one process at a time write a directory, so that what lies there from earlier is known to be left over. A killed process holds nothing.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream file;

    private DirectoryLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="path">Path of the file that stands for it.</param>
    /// <exception cref="IOException">Another process holds it, or the file system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The file system forbids it.</exception>
    public static DirectoryLock Take(string path)
    {
        bool wasThere = File.Exists(path);
        try
        {
            return new DirectoryLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (IOException exception) when (wasThere && exception is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new IOException($"another process writes there; wait until it has ended, or name another place: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}

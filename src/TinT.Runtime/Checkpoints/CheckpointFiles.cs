namespace TinT.Runtime.Checkpoints;

/// <summary>Turns failures of the file system into <see cref="CheckpointFormatException"/>.</summary>
internal static class CheckpointFiles
{
    /// <summary>Largest JSON file beside the weights that is read, in bytes.</summary>
    private const long MostJsonBytes = 64L << 20;

    /// <summary>Runs an action that reads a file.</summary>
    /// <exception cref="CheckpointFormatException">The file system refused.</exception>
    public static T Read<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CheckpointFormatException($"{path}: the file does not exist; check the path.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            string what = Directory.Exists(path) ? "this is a directory; name a file in it" : "no permission to read; check the permissions of the file";
            throw new CheckpointFormatException($"{path}: {what}.", exception);
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException)
        {
            throw new CheckpointFormatException($"{path}: the file cannot be read ({exception.Message}).", exception);
        }
    }

    /// <summary>Reads a whole JSON file of reasonable size.</summary>
    /// <exception cref="CheckpointFormatException">The file system refused, or the file is too large.</exception>
    public static byte[] ReadJson(string path) => Read(path, () =>
    {
        using FileStream stream = File.OpenRead(path);
        if (stream.Length > MostJsonBytes)
            throw new CheckpointFormatException(
                $"{path}: the file is larger than {MostJsonBytes >> 20} MiB, too large for a configuration; check that it is the right file.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return LargeFilePointer.IsAtStart(bytes) ? throw new CheckpointFormatException($"{path}: {LargeFilePointer.Problem}") : bytes;
    });

    /// <summary>Runs an action that writes a file.</summary>
    /// <exception cref="CheckpointFormatException">The file system refused.</exception>
    public static void Write(string path, Action write)
    {
        try
        {
            write();
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new CheckpointFormatException($"{path}: the directory does not exist; create it first.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new CheckpointFormatException($"{path}: no permission to write; check the permissions of the directory.", exception);
        }
        catch (IOException exception)
        {
            throw new CheckpointFormatException($"{path}: the file cannot be written ({exception.Message}).", exception);
        }
    }
}

namespace TinT.Literal.Export;

/// <summary>A directory that appears when everything in it is written, or not at all.</summary>
internal sealed class ExportDirectory : IDisposable
{
    private readonly string target;
    private readonly bool replaces;

    private ExportDirectory(string target, bool replaces)
    {
        this.target = target;
        this.replaces = replaces;
        Path = Beside("new");
    }

    /// <summary>Where to write; a directory beside the target.</summary>
    public string Path { get; }

    /// <summary>Checks the target and makes a place to write.</summary>
    /// <param name="directory">The target: missing, empty, or, if it may be replaced, an earlier export.</param>
    /// <param name="bytes">Bytes that will be written.</param>
    /// <param name="options">Whether to replace, and how many bytes are free.</param>
    /// <exception cref="ExportException">There is something else, not enough space, or the file system refuses.</exception>
    public static ExportDirectory Create(string directory, long bytes, ExportOptions options)
    {
        string target = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(directory));
        string parent = System.IO.Path.GetDirectoryName(target)
            ?? throw new ExportException($"{directory}: this is the root of a file system; name a directory that is to be created.");
        CheckTarget(directory, target, options.Replace);
        return Try(directory, () =>
        {
            Directory.CreateDirectory(parent);
            long free = options.FreeBytes(parent);
            if (free < bytes)
            {
                throw new ExportException(FormattableString.Invariant(
                    $"{directory}: the simulator needs {Gigabytes(bytes)} GB but {Gigabytes(free)} GB are free; make room, or name a directory on another disk."));
            }

            ExportDirectory result = new(target, options.Replace);
            Directory.CreateDirectory(result.Path);
            return result;
        });
    }

    /// <summary>Puts what was written in the place of the target.</summary>
    /// <exception cref="ExportException">The file system refuses; the target is as it was.</exception>
    public void Complete() => Try(target, () =>
    {
        string? old = null;
        if (Directory.Exists(target))
        {
            // Meanwhile somebody may have put something there.
            CheckTarget(target, target, replaces);
            Directory.Move(target, old = Beside("old"));
        }

        try
        {
            Directory.Move(Path, target);
        }
        catch (IOException) when (old is not null)
        {
            Directory.Move(old, target);
            throw;
        }

        if (old is not null)
            Directory.Delete(old, recursive: true);
        return target;
    });

    /// <summary>Removes what was written unless it is complete.</summary>
    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    private static void CheckTarget(string directory, string target, bool replaces)
    {
        if (File.Exists(target))
            throw new ExportException($"{directory}: this is a file; name a directory.");
        if (!Directory.Exists(target) || !Directory.EnumerateFileSystemEntries(target).Any())
            return;
        if (!File.Exists(System.IO.Path.Combine(target, ExportFiles.Description)))
            throw new ExportException($"{directory}: the directory holds other files; name one that is empty or does not exist.");
        if (!replaces)
            throw new ExportException($"{directory}: the directory holds an exported simulator; name another one, or replace it with --force.");
    }

    private static T Try<T>(string directory, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ExportException($"{directory}: cannot be written to ({exception.Message}); name another directory.", exception);
        }
    }

    private static string Gigabytes(long bytes) => FormattableString.Invariant($"{bytes / 1e9:0.###}");

    private string Beside(string what) =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(target)!, $".{System.IO.Path.GetFileName(target)}.{System.IO.Path.GetRandomFileName()}.{what}");
}

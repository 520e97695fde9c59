using TinT.Runtime.Files;

namespace TinT.Literal.Export;

/// <summary>A directory that appears when everything in it is written, or not at all.</summary>
internal sealed class ExportDirectory : IDisposable
{
    private readonly ReplacedDirectory place;
    private readonly string target;
    private readonly bool replaces;

    private ExportDirectory(ReplacedDirectory place, string target, bool replaces)
    {
        this.place = place;
        this.target = target;
        this.replaces = replaces;
    }

    /// <summary>Where to write; a directory beside the target.</summary>
    public string Path => place.Path;

    /// <summary>Checks the target and makes a place to write. What an earlier export left that was killed is removed.</summary>
    /// <param name="directory">The target: missing, empty, or, if it may be replaced, an earlier export.</param>
    /// <param name="bytes">Bytes that will be written.</param>
    /// <param name="options">Whether to replace, and how many bytes are free.</param>
    /// <exception cref="ExportException">There is something else, not enough space, or the file system refuses.</exception>
    public static ExportDirectory Create(string directory, long bytes, ExportOptions options) => Try(directory, () =>
    {
        string target = System.IO.Path.TrimEndingDirectorySeparator(OutputPlace.Of(System.IO.Path.TrimEndingDirectorySeparator(directory)).Path);
        string parent = System.IO.Path.GetDirectoryName(target)
            ?? throw new ExportException($"{directory}: this is the root of a file system; name a directory that is to be created.");
        Directory.CreateDirectory(parent);
        ReplacedDirectory place = ReplacedDirectory.Begin(target);
        try
        {
            CheckTarget(directory, target, options.Replace);
            long free = options.FreeBytes(parent);
            if (free < bytes)
            {
                throw new ExportException(FormattableString.Invariant(
                    $"{directory}: the simulator needs {Gigabytes(bytes)} GB but {Gigabytes(free)} GB are free; make room, or name a directory on another disk."));
            }

            place.Create();
            return new ExportDirectory(place, target, options.Replace);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    });

    /// <summary>Puts what was written in the place of the target.</summary>
    /// <exception cref="ExportException">The file system refuses; the target is as it was.</exception>
    public void Complete() => Try(target, () =>
    {
        // Meanwhile somebody may have put something there.
        CheckTarget(target, target, replaces);
        place.Complete();
        return target;
    });

    /// <summary>Removes what was written unless it is complete.</summary>
    public void Dispose() => place.Dispose();

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
        if (Directory.EnumerateFileSystemEntries(target).Select(path => System.IO.Path.GetFileName(path)).FirstOrDefault(name => !ExportFiles.IsOne(name)) is { } other)
            throw new ExportException(
                $"{directory}: beside an exported simulator the directory holds {other}, which would be lost; move it away, or name another directory.");
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
}

namespace TinT.Runtime.Files;

/// <summary>A directory that is written beside its place and takes it when it is complete.</summary>
/// <remarks>
/// An older directory in the place is exchanged for it in one step where the system can do that, as Linux and macOS can, so that there is the old or the new
/// one whenever the process ends. Elsewhere the old one is moved aside first; if the process ends between the two steps, the next use puts it back.
/// What a process that was killed left is removed by the next use of the same place.
/// </remarks>
internal sealed class ReplacedDirectory : IDisposable
{
    private readonly DirectoryLock single;
    private readonly string target;
    private readonly string old;

    private ReplacedDirectory(DirectoryLock single, string target)
    {
        this.single = single;
        this.target = target;
        Path = Beside(target, "new");
        old = Beside(target, "old");
    }

    /// <summary>Where to write.</summary>
    public string Path { get; }

    /// <summary>Mends what earlier uses left, and makes sure that there is no other one at the same time.</summary>
    /// <param name="target">The place, an absolute path; its parent must exist.</param>
    /// <exception cref="IOException">Another process writes there, or the file system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The file system forbids it.</exception>
    public static ReplacedDirectory Begin(string target)
    {
        ReplacedDirectory result = new(DirectoryLock.Take(Beside(target, "lock")), target);
        try
        {
            result.Mend();
            return result;
        }
        catch
        {
            result.single.Dispose();
            throw;
        }
    }

    /// <summary>Mends what earlier uses left, if they left anything.</summary>
    /// <param name="target">The place, an absolute path.</param>
    /// <exception cref="IOException">Another process writes there, or the file system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The file system forbids it.</exception>
    public static void MendLeftovers(string target)
    {
        if (((string[])["lock", "new", "old"]).Any(what => System.IO.Path.Exists(Beside(target, what))))
            Begin(target).Dispose();
    }

    /// <summary>Makes the directory to write to.</summary>
    public void Create() => Directory.CreateDirectory(Path);

    /// <summary>Puts what was written in its place.</summary>
    /// <exception cref="IOException">The file system refuses; the place is as it was.</exception>
    public void Complete()
    {
        if (!Directory.Exists(target))
        {
            Renames.Directory(Path, target);
            return;
        }

        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, File.GetUnixFileMode(target));
        if (Renames.TryExchange(Path, target))
            return;
        Renames.Directory(target, old);
        try
        {
            Renames.Directory(Path, target);
        }
        catch (IOException)
        {
            Renames.Directory(old, target);
            throw;
        }

        Directory.Delete(old, recursive: true);
    }

    /// <summary>Removes what is not in its place: the new directory if it is not complete, else the old one.</summary>
    public void Dispose()
    {
        try
        {
            Remove(Path);
        }
        finally
        {
            single.Dispose();
        }
    }

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }

    private static string Beside(string target, string what) =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(target)!, $".{System.IO.Path.GetFileName(target)}.tint-{what}");

    private void Mend()
    {
        if (Directory.Exists(old) && !Directory.Exists(target))
            Renames.Directory(old, target);
        Remove(old);
        Remove(Path);
    }
}

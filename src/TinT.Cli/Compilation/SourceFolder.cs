using TinT.Compiler;
using TinT.Runtime.Files;

namespace TinT.Cli.Compilation;

/// <summary>Writes generated sources to a folder, all or none.</summary>
/// <remarks>
/// A folder that does not exist appears with everything in it. One that does keeps its other files and can therefore not be exchanged as a whole: the sources
/// are written to <c>.tint-emit-new</c> in it, which is renamed to <c>.tint-emit-ready</c> when they are complete, and then take their places one by one. If
/// the process is killed before that name, the old files are there; if it is killed after it, each file is the old or the new one, whole, and whatever
/// is emitted to the folder next gives the others their places first.
/// </remarks>
internal static class SourceFolder
{
    private const string New = ".tint-emit-new", Ready = ".tint-emit-ready", Lock = ".tint-emit-lock";

    /// <summary>Writes the files; existing ones are replaced.</summary>
    /// <param name="directory">The folder; created if it is missing.</param>
    /// <param name="sources">The files.</param>
    /// <param name="cancellationToken">Asked before each file and once more before the first takes its place.</param>
    /// <exception cref="SourceOutputException">The folder cannot be written to.</exception>
    public static void Write(string directory, IReadOnlyList<GeneratedSource> sources, CancellationToken cancellationToken)
    {
        try
        {
            string folder = OutputPlace.Of(Path.TrimEndingDirectorySeparator(directory)).Path;
            ReplacedDirectory.MendLeftovers(folder);
            if (Directory.Exists(folder))
                Replace(folder, sources, cancellationToken);
            else
                Create(folder, sources, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SourceOutputException($"{directory}: cannot be written to ({exception.Message}); name another directory.", exception);
        }
    }

    private static void Create(string folder, IReadOnlyList<GeneratedSource> sources, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        using ReplacedDirectory place = ReplacedDirectory.Begin(folder);
        place.Create();
        WriteFiles(place.Path, sources, cancellationToken);
        place.Complete();
    }

    private static void Replace(string folder, IReadOnlyList<GeneratedSource> sources, CancellationToken cancellationToken)
    {
        string unfinished = Path.Combine(folder, New);
        using DirectoryLock single = DirectoryLock.Take(Path.Combine(folder, Lock));
        Remove(unfinished);
        Finish(folder);
        foreach (GeneratedSource source in sources)
        {
            if (Directory.Exists(Path.Combine(folder, source.HintName)))
                throw new IOException($"{source.HintName} is a directory");
        }

        try
        {
            Directory.CreateDirectory(unfinished);
            WriteFiles(unfinished, sources, cancellationToken);
            Renames.Directory(unfinished, Path.Combine(folder, Ready));
        }
        finally
        {
            Remove(unfinished);
        }

        Finish(folder);
    }

    private static void WriteFiles(string folder, IReadOnlyList<GeneratedSource> sources, CancellationToken cancellationToken)
    {
        foreach (GeneratedSource source in sources)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using FileStream stream = new(Path.Combine(folder, source.HintName), FileMode.CreateNew, FileAccess.Write);
            stream.Write(GeneratedSource.Encoding.GetPreamble());
            stream.Write(GeneratedSource.Encoding.GetBytes(source.Text));
            stream.Flush(flushToDisk: true);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Gives files that are complete their places.</summary>
    private static void Finish(string folder)
    {
        string ready = Path.Combine(folder, Ready);
        if (!Directory.Exists(ready))
            return;
        foreach (string path in Directory.GetFiles(ready).Order(StringComparer.Ordinal))
            Place(path, Path.Combine(folder, Path.GetFileName(path)));
        Remove(ready);
    }

    private static void Place(string file, string path)
    {
        OutputPlace place = OutputPlace.Of(path);
        if (place.IsReplaced && place.Path == path)
        {
            Renames.File(file, path);
            return;
        }

        // What a link leads to may lie on another disk.
        using FileStream stream = File.OpenRead(file);
        OutputFile.Write(path, stream.CopyTo);
    }

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }
}

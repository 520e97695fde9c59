using TinT.Cli.Outcomes;
using TinT.Runtime.Files;

namespace TinT.Cli.Files;

/// <summary>Where an output goes.</summary>
/// <param name="Path">Its path behind all links.</param>
/// <param name="Kind">What is there now; a file if nothing is.</param>
/// <param name="Identity">Which file it is; for a new one, its directory and name.</param>
internal sealed record OutputTarget(string Path, FileKind Kind, FileIdentity Identity)
{
    /// <summary>Finds where an output goes and makes sure that it can be written there; nothing is changed.</summary>
    /// <param name="file">The output.</param>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static OutputTarget Of(NamedFile file)
    {
        if (file.Path == NamedFile.StandardOutput)
            return OfDescriptor("", 1);
        OutputPlace place = PlaceOf(file);
        if (place.Descriptor is { } descriptor)
            return OfDescriptor(place.Path, descriptor);
        if (FileStatus.Of(place.Path) is { } status)
        {
            CheckExisting(file, place.Path, status.Kind);
            return new OutputTarget(place.Path, status.Kind, status.Identity);
        }

        string directory = System.IO.Path.GetDirectoryName(place.Path)!;
        bool ignoresCase = CheckDirectory(file, directory);
        string name = System.IO.Path.GetFileName(place.Path);
        FileIdentity parent = FileStatus.Of(directory)!.Value.Identity;
        return new OutputTarget(
            place.Path, FileKind.File, parent with { Path = System.IO.Path.Combine(parent.Path, ignoresCase ? name.ToUpperInvariant() : name) });
    }

    /// <summary>
    /// Whether the file is part of the model in a directory, or is linked to from it by such a name. Results of earlier runs may lie there too, and be replaced.
    /// </summary>
    /// <param name="directory">The directory.</param>
    public bool IsModelFileOf(string directory)
    {
        if (FileStatus.Of(Path) is null)
            return false;
        return (ModelFolder.IsPart(System.IO.Path.GetFileName(Path)) && RealPath.Contains(RealPath.Of(directory), RealPath.Of(Path)))
            || Directory.EnumerateFiles(directory).Where(path => ModelFolder.IsPart(System.IO.Path.GetFileName(path))).Any(
                path => FileStatus.Of(path)?.Identity == Identity);
    }

    private static OutputTarget OfDescriptor(string path, int descriptor) => new(path, FileKind.Pipe, new FileIdentity(0, (ulong)descriptor, "descriptor"));

    private static OutputPlace PlaceOf(NamedFile file)
    {
        try
        {
            return OutputPlace.Of(file.Path);
        }
        catch (IOException exception)
        {
            throw new UsageException($"{file} cannot be written to ({exception.Message}); name another file.", exception);
        }
    }

    private static void CheckExisting(NamedFile file, string path, FileKind kind)
    {
        if (kind == FileKind.Directory)
            throw new UsageException($"{file} is a directory; name a file in it.");
        if (kind == FileKind.Socket)
            throw new UsageException($"{file} is a socket, which nothing can be written to by its name; name a file or a pipe.");
        if (kind != FileKind.File)
            return;
        try
        {
            // A file that must not be changed is not to be replaced either.
            using (new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
                CheckDirectory(file, System.IO.Path.GetDirectoryName(path)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be written to ({exception.Message}); name another file.", exception);
        }
    }

    /// <summary>Makes sure that a file can be made in a directory.</summary>
    /// <returns>Whether names that differ in capitals only are the same there.</returns>
    private static bool CheckDirectory(NamedFile file, string directory)
    {
        if (!Directory.Exists(directory))
            throw new UsageException($"{file.Symbol}: the directory {directory} does not exist; create it first.");
        try
        {
            return WritableDirectory.Probe(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(
                $"{file} cannot be written: there can be no new files in {directory} ({exception.Message}); name another directory.", exception);
        }
    }
}

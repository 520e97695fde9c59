using System.Security.Cryptography;
using System.Text;

namespace TinT.Runtime.Files;

/// <summary>Writes files that are either complete or not there.</summary>
/// <remarks>
/// A file is written under a temporary name beside its place, flushed to the disk and renamed; one that was there is replaced and its permissions kept.
/// Links are followed and stay. Devices, pipes and descriptors such as <c>/dev/stdout</c> are written to as they are.
/// </remarks>
internal static class OutputFile
{
    private const string Ending = ".tint-new";

    /// <summary>Longest part of a name in that of the temporary file, in bytes: file systems allow 255 in all.</summary>
    private const int LongestName = 200;

    /// <summary>Writes under a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="length">Bytes it will write, if that is known.</param>
    /// <exception cref="IOException">The file system refuses; nothing is left behind.</exception>
    /// <exception cref="UnauthorizedAccessException">The file system forbids it.</exception>
    public static void Write(string path, Action<Stream> write, long length = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        OutputPlace place = OutputPlace.Of(path);
        if (place.IsReplaced)
        {
            Replace(place.Path, write, length);
            return;
        }

        using Stream stream = place.Open();
        write(stream);
    }

    private static void Replace(string path, Action<Stream> write, long length)
    {
        string directory = Path.GetDirectoryName(path)!;
        string start = $".{ShortName(Path.GetFileName(path))}.";
        RemoveLeftovers(directory, start);
        string temporary = Path.Combine(directory, $"{start}{Path.GetRandomFileName()}{Ending}");
        bool moved = false;
        try
        {
            // It stays open until it has its name: what no process holds open is a leftover.
            using (FileStream stream = new(temporary, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.Delete,
                PreallocationSize = length,
            }))
            {
                if (!OperatingSystem.IsWindows() && File.Exists(path))
                    File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(path));
                write(stream);
                stream.Flush(flushToDisk: true);
                Renames.File(temporary, path);
                moved = true;
            }
        }
        finally
        {
            if (!moved && Directory.Exists(directory))
                File.Delete(temporary);
        }
    }

    /// <summary>Removes temporary files of processes that were killed.</summary>
    private static void RemoveLeftovers(string directory, string start)
    {
        foreach (string path in Directory.EnumerateFiles(directory))
        {
            string name = Path.GetFileName(path);
            if (!name.StartsWith(start, StringComparison.Ordinal) || !name.EndsWith(Ending, StringComparison.Ordinal) || FileStatus.Of(path)?.Kind != FileKind.File)
                continue;
            try
            {
                using (new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None))
                    File.Delete(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Somebody is writing it.
            }
        }
    }

    private static string ShortName(string name) => Encoding.UTF8.GetByteCount(name) <= LongestName
        ? name
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
}

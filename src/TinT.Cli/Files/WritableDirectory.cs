namespace TinT.Cli.Files;

/// <summary>Tries a directory out by making a file in it, which is removed at once.</summary>
internal static class WritableDirectory
{
    /// <summary>Makes and removes a file.</summary>
    /// <param name="directory">The directory.</param>
    /// <returns>Whether names that differ in capitals only are the same there.</returns>
    /// <exception cref="IOException">The file system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The file system forbids it.</exception>
    public static bool Probe(string directory)
    {
        string name = $".tint-probe-{Path.GetRandomFileName()}";
        using (new FileStream(Path.Combine(directory, name), FileMode.CreateNew, FileAccess.Write, FileShare.Delete, 1, FileOptions.DeleteOnClose))
            return File.Exists(Path.Combine(directory, name.ToUpperInvariant()));
    }
}

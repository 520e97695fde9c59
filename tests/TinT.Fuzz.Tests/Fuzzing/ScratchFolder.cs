namespace TinT.Fuzz.Tests.Fuzzing;

/// <summary>A folder of its own for one test, deleted afterwards.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tint-fuzz-");

    public string FullName => folder.FullName;

    /// <summary>Writes a file, or removes it if there is nothing to write.</summary>
    public string Write(string name, byte[]? bytes)
    {
        string path = Path.Combine(FullName, name);
        // A file that is cut to nothing and written again is flushed to disk by some file systems, a new one is not.
        File.Delete(path);
        if (bytes is not null)
            File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => folder.Delete(recursive: true);
}

using System.Text;

namespace TinT.Evaluation.Tests;

/// <summary>A folder that is deleted with its files at the end of a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        FullName = Directory.CreateTempSubdirectory("tint-").FullName;
    }

    public string FullName { get; }

    /// <summary>Writes a file as UTF-8 without byte order mark.</summary>
    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}

namespace TinT.Tests.Common;

/// <summary>A new empty folder that is deleted with the object.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tint-test-");

    /// <summary>Its path.</summary>
    public string Path => folder.FullName;

    /// <summary>Path of a file in it.</summary>
    /// <param name="parts">Place below the folder.</param>
    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);
}

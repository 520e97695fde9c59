namespace TinT.Runtime.Files;

/// <summary>Writes to a pipe or device by its path.</summary>
/// <param name="path">The path.</param>
internal sealed class SpecialFileStream(string path) : WriteOnlyStream
{
    private readonly FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);

    /// <inheritdoc/>
    public override void Flush() => file.Flush();

    /// <inheritdoc/>
    protected override void WriteAll(ReadOnlySpan<byte> buffer) => file.Write(buffer);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }
}

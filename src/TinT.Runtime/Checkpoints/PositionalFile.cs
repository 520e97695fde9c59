using Microsoft.Win32.SafeHandles;

namespace TinT.Runtime.Checkpoints;

/// <summary>A file that is read at any place, by several threads if need be.</summary>
/// <remarks>
/// It is read where it lies and not mapped into memory: nothing of it is held, as with a map, but what becomes shorter while it is open is an exception and not
/// the end of the process.
/// </remarks>
internal sealed class PositionalFile : IDisposable
{
    private readonly SafeFileHandle handle;

    private PositionalFile(string path, SafeFileHandle handle)
    {
        Path = path;
        this.handle = handle;
        Length = RandomAccess.GetLength(handle);
    }

    /// <summary>Path the file was opened with.</summary>
    public string Path { get; }

    /// <summary>Bytes of the file when it was opened.</summary>
    public long Length { get; }

    /// <summary>Opens a file and makes something of it, which then owns it.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="make">Makes it; if it throws, the file is closed.</param>
    /// <exception cref="CheckpointFormatException">The file cannot be read.</exception>
    public static T Open<T>(string path, Func<PositionalFile, T> make) => CheckpointFiles.Read(path, () =>
    {
        SafeFileHandle handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        try
        {
            return make(new PositionalFile(path, handle));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    });

    /// <summary>Reads bytes.</summary>
    /// <param name="offset">The first.</param>
    /// <param name="destination">Receives as many bytes as it is long.</param>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    /// <exception cref="CheckpointFormatException">The file has become shorter since it was opened, or cannot be read.</exception>
    public void Read(long offset, Span<byte> destination)
    {
        try
        {
            while (!destination.IsEmpty)
            {
                int count = RandomAccess.Read(handle, destination, offset);
                if (count == 0)
                    throw new CheckpointFormatException($"{Path}: the file became shorter while it was read; wait until it is written and try again.");
                destination = destination[count..];
                offset += count;
            }
        }
        catch (IOException exception)
        {
            throw new CheckpointFormatException($"{Path}: the file cannot be read ({exception.Message}).", exception);
        }
    }

    /// <summary>Reads bytes.</summary>
    /// <param name="offset">The first.</param>
    /// <param name="count">How many; the file has them.</param>
    /// <exception cref="CheckpointFormatException">The file has become shorter since it was opened, or cannot be read.</exception>
    public byte[] Read(long offset, int count)
    {
        byte[] bytes = new byte[count];
        Read(offset, bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}

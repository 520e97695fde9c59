using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints;

/// <summary>A file in the safetensors format; its header is checked completely when it is opened, its tensors are read when they are asked for.</summary>
/// <remarks>
/// <para>The format: a little-endian 64-bit header length, a JSON header, the tensors' bytes without holes. Replacing the file by
/// renaming while it is open, as <see cref="SafetensorsWriter"/> does, is safe.</para>
/// <para>What the official reader (the Rust crate <c>safetensors</c>, also behind its Python package) accepts is accepted: white space
/// around the header, every element type of the format, unknown fields of a tensor, an entry written as an array of its three fields,
/// <c>null</c> as metadata, any name; of a tensor or metadata key that is there twice the last counts. What it refuses is refused: a header
/// above 100 MB, repeated fields or metadata, overlaps, holes, bytes that no tensor covers, sizes that overflow 64 bits or do not fill whole
/// bytes. Stricter on purpose are three things that no library writes:</para>
/// <list type="bullet">
/// <item>more than 64 sizes in a shape – NumPy and PyTorch allow no more – so that a hostile header costs no memory;</item>
/// <item>a size or an offset of 2⁶³ or more, which only an empty tensor or one that is there twice can have and .NET cannot count;</item>
/// <item>a dtype written as the object <c>{"F32": null}</c>, an accident of the official reader's JSON library.</item>
/// </list>
/// </remarks>
public sealed class SafetensorsFile : ICheckpointFile
{
    private readonly Dictionary<string, SafetensorsTensor> tensorsByName = new(StringComparer.Ordinal);
    private readonly PositionalFile file;
    private readonly long dataOffset;

    private SafetensorsFile(PositionalFile file)
    {
        this.file = file;
        byte[] json = ReadHeader(file);
        dataOffset = SafetensorsHeader.LengthBytes + json.Length;

        SafetensorsHeader header = SafetensorsHeader.Parse(file.Path, json, file.Length - dataOffset);
        Metadata = header.Metadata;
        Tensors = [.. header.Entries.Select(entry => new SafetensorsTensor(this, entry))];
        foreach (SafetensorsTensor tensor in Tensors)
            tensorsByName.Add(tensor.Name, tensor);
    }

    /// <summary>Path the file was opened with.</summary>
    public string Path => file.Path;

    /// <summary>Tensors in the order of the header.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>The header's <c>__metadata__</c>, for example <c>format</c> = <c>pt</c>; empty if there is none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensor of a given name.</summary>
    /// <param name="name">Name in the header.</param>
    /// <exception cref="CheckpointFormatException">The file has no such tensor.</exception>
    public SafetensorsTensor this[string name] => TryGetTensor(name, out SafetensorsTensor? tensor)
        ? tensor
        : throw new CheckpointFormatException(CheckpointText.NoTensor(Path, name, tensorsByName.Keys));

    /// <summary>Opens and checks a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="CheckpointFormatException">The file cannot be read or is malformed; the message says how.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return PositionalFile.Open(path, file => new SafetensorsFile(file));
    }

    /// <summary>Finds a tensor.</summary>
    /// <param name="name">Name in the header.</param>
    /// <param name="tensor">The tensor, if there is one of that name.</param>
    public bool TryGetTensor(string name, [NotNullWhen(true)] out SafetensorsTensor? tensor) =>
        tensorsByName.TryGetValue(name, out tensor);

    /// <summary>Refuses tensors of other names, so that a misspelt one is not overlooked.</summary>
    /// <param name="names">Names that tensors may have.</param>
    /// <exception cref="CheckpointFormatException">A tensor has another name; the message proposes the closest.</exception>
    public void RequireOnly(IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (Tensors.FirstOrDefault(tensor => !names.Contains(tensor.Name)) is { } unknown)
            throw new CheckpointFormatException(CheckpointText.UnknownTensor(Path, unknown.Name, names));
    }

    /// <summary>Closes the file; its tensors can no longer be read.</summary>
    public void Dispose() => file.Dispose();

    /// <inheritdoc/>
    IEnumerable<CheckpointTensor> ICheckpointFile.Tensors => Tensors;

    /// <inheritdoc/>
    bool ICheckpointFile.TryGetTensor(string name, [NotNullWhen(true)] out CheckpointTensor? tensor)
    {
        bool found = TryGetTensor(name, out SafetensorsTensor? stored);
        tensor = stored;
        return found;
    }

    /// <summary>Copies bytes of the data part.</summary>
    /// <param name="offset">First byte, counted from the end of the header; the header's check keeps it inside the file.</param>
    /// <param name="destination">Receives as many bytes as it is long.</param>
    /// <exception cref="ObjectDisposedException">The file is disposed.</exception>
    /// <exception cref="CheckpointFormatException">The file has become shorter since it was opened, or cannot be read.</exception>
    internal void ReadData(long offset, Span<byte> destination) => file.Read(dataOffset + offset, destination);

    private static byte[] ReadHeader(PositionalFile file)
    {
        string path = file.Path;
        if (file.Length < SafetensorsHeader.LengthBytes)
        {
            throw new CheckpointFormatException(Invariant($"{path}: the file has {file.Length} bytes, fewer than the {SafetensorsHeader.LengthBytes} of a header length; it is truncated: download or convert it again."));
        }

        byte[] start = file.Read(0, (int)Math.Min(file.Length, LargeFilePointer.MarkLength));
        if (LargeFilePointer.IsAtStart(start))
            throw new CheckpointFormatException($"{path}: {LargeFilePointer.Problem}");

        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (headerLength > SafetensorsHeader.MaximumLength)
        {
            throw new CheckpointFormatException(Invariant($"{path}: the header claims {headerLength} bytes but the format allows {SafetensorsHeader.MaximumLength}; the file is damaged or no safetensors file: download or convert it again."));
        }

        if ((long)headerLength > file.Length - SafetensorsHeader.LengthBytes)
        {
            throw new CheckpointFormatException(Invariant($"{path}: the header claims {headerLength} bytes but the file has only {file.Length - SafetensorsHeader.LengthBytes} after the header length; it is truncated: download or convert it again."));
        }

        return file.Read(SafetensorsHeader.LengthBytes, (int)headerLength);
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using TinT.Runtime.Files;

namespace TinT.Runtime.Checkpoints;

/// <summary>Writes files in the safetensors format.</summary>
public static class SafetensorsWriter
{
    /// <summary>The header is padded with spaces so that the data starts at a multiple of this, as the reference implementation does.</summary>
    private const int HeaderAlignment = 8;

    /// <summary>
    /// Writes a file whole or not at all: into a temporary file in the same directory, which then replaces the target. Symbolic links are followed;
    /// devices and pipes are written to as they are.
    /// </summary>
    /// <param name="path">Path of the file; an existing file is replaced.</param>
    /// <param name="tensors">Tensors in the order of the header. The data lies in the order of descending element size, so that every tensor is aligned.</param>
    /// <param name="metadata">Texts for the header's <c>__metadata__</c>.</param>
    /// <exception cref="ArgumentException">Two tensors have the same name, or the header would be longer than the format allows.</exception>
    /// <exception cref="CheckpointFormatException">The file cannot be written; nothing is left behind.</exception>
    public static void Write(string path, IReadOnlyList<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (byte[] header, TensorData[] layout) = Prepare(tensors, metadata);
        if (Directory.Exists(path))
            throw new CheckpointFormatException($"{path}: this is a directory; name a file in it.");
        long length = header.Length + layout.Sum(tensor => tensor.ByteCount);
        CheckpointFiles.Write(path, () => OutputFile.Write(path, stream => WriteTo(stream, header, layout), length));
    }

    /// <summary>Writes the bytes of such a file.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="tensors">Tensors, as for a file.</param>
    /// <param name="metadata">Texts for the header's <c>__metadata__</c>.</param>
    /// <exception cref="ArgumentException">Two tensors have the same name, or the header would be longer than the format allows.</exception>
    /// <exception cref="IOException">The stream refuses.</exception>
    public static void Write(Stream stream, IReadOnlyList<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        (byte[] header, TensorData[] layout) = Prepare(tensors, metadata);
        WriteTo(stream, header, layout);
    }

    private static (byte[] Header, TensorData[] Layout) Prepare(IReadOnlyList<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        TensorData[] layout = [.. tensors.OrderByDescending(tensor => tensor.Type.SizeInBytes())];
        return (BuildHeader(tensors, layout, metadata), layout);
    }

    private static byte[] BuildHeader(IReadOnlyList<TensorData> tensors, TensorData[] layout, IReadOnlyDictionary<string, string>? metadata)
    {
        Dictionary<string, long> begins = new(StringComparer.Ordinal);
        long end = 0;
        foreach (TensorData tensor in layout)
        {
            if (!begins.TryAdd(tensor.Name, end))
                throw new ArgumentException($"Two tensors are named {CheckpointText.Quote(tensor.Name)}.", nameof(tensors));
            end += tensor.ByteCount;
        }

        ArrayBufferWriter<byte> buffer = new();
        buffer.Advance(WriteLength(buffer, 0));
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            foreach (TensorData tensor in tensors)
                WriteEntry(json, tensor, begins[tensor.Name]);
            json.WriteEndObject();
        }

        int padding = (HeaderAlignment - buffer.WrittenCount % HeaderAlignment) % HeaderAlignment;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);

        byte[] header = buffer.WrittenSpan.ToArray();
        int length = header.Length - SafetensorsHeader.LengthBytes;
        if (length > SafetensorsHeader.MaximumLength)
            throw new ArgumentException(
                $"The header has {length} bytes but the format allows {SafetensorsHeader.MaximumLength}; write fewer tensors into one file.", nameof(tensors));
        BinaryPrimitives.WriteInt64LittleEndian(header, length);
        return header;
    }

    private static int WriteLength(ArrayBufferWriter<byte> buffer, long length)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(SafetensorsHeader.LengthBytes), length);
        return SafetensorsHeader.LengthBytes;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null || metadata.Count == 0)
            return;
        json.WriteStartObject(SafetensorsHeader.MetadataName);
        foreach ((string key, string value) in metadata)
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, TensorData tensor, long begin)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type.HeaderName());
        json.WriteStartArray("shape");
        foreach (int size in tensor.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(begin + tensor.ByteCount);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTo(Stream stream, byte[] header, TensorData[] layout)
    {
        stream.Write(header);
        foreach (TensorData tensor in layout)
            tensor.WriteTo(stream);
    }
}

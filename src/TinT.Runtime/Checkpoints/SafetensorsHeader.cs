using static System.FormattableString;

namespace TinT.Runtime.Checkpoints;

/// <summary>A checked safetensors header: its tensors fill the file's data exactly, without overlaps or holes.</summary>
/// <param name="Entries">Tensors in the order of the header.</param>
/// <param name="Metadata">The <c>__metadata__</c> entry, empty if there is none.</param>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Bytes of the length field in front of the header.</summary>
    public const int LengthBytes = 8;

    /// <summary>Longest header the format allows, in bytes.</summary>
    public const long MaximumLength = 100_000_000;

    /// <summary>Name of the header's entry that is no tensor.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>Parses and checks a header.</summary>
    /// <param name="path">File named in errors.</param>
    /// <param name="json">The header's text.</param>
    /// <param name="dataLength">Bytes of the file after the header.</param>
    /// <exception cref="CheckpointFormatException">The header is malformed or does not fit the file.</exception>
    public static SafetensorsHeader Parse(string path, ReadOnlySpan<byte> json, long dataLength)
    {
        SafetensorsHeader header = new SafetensorsHeaderParser(path, json).Parse();
        foreach (SafetensorsEntry entry in header.Entries)
            CheckSize(path, entry, dataLength);
        CheckLayout(path, header.Entries, dataLength);
        return header;
    }

    private static void CheckSize(string path, SafetensorsEntry entry, long dataLength)
    {
        string tensor = $"{path}: tensor {CheckpointText.Quote(entry.Name)}";
        string shape = CheckpointText.Shape(entry.Shape);
        if (entry.Begin > entry.End)
        {
            throw new CheckpointFormatException(Invariant(
                $"{tensor} ends at byte {entry.End} before it begins at byte {entry.Begin}; the header is damaged: download or convert the file again."));
        }

        if (entry.End > dataLength)
        {
            throw new CheckpointFormatException(Invariant(
                $"{tensor} ends at byte {entry.End} of the data but the file has only {dataLength}; the file is truncated: download or convert it again."));
        }

        if (!entry.TryGetBitCount(out ulong bits))
        {
            throw new CheckpointFormatException(
                $"{tensor} has shape {shape}, more elements than a file can hold; the header is damaged: download or convert the file again.");
        }

        if (bits % 8 != 0)
        {
            throw new CheckpointFormatException(Invariant($"{tensor} of shape {shape} and type {entry.Type.HeaderName()} needs {bits} bits, which fill no whole bytes; the header is damaged: download or convert the file again."));
        }

        if (bits / 8 != (ulong)(entry.End - entry.Begin))
        {
            throw new CheckpointFormatException(Invariant($"{tensor} of shape {shape} and type {entry.Type.HeaderName()} needs {bits / 8} bytes but its offsets span {entry.End - entry.Begin}; the header is damaged: download or convert the file again."));
        }
    }

    private static void CheckLayout(string path, IReadOnlyList<SafetensorsEntry> entries, long dataLength)
    {
        long end = 0;
        string previous = "the header";
        foreach (SafetensorsEntry entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            string name = CheckpointText.Quote(entry.Name);
            if (entry.Begin < end)
            {
                throw new CheckpointFormatException(Invariant($"{path}: tensor {name} begins at byte {entry.Begin} and overlaps {previous}, which ends at byte {end}; the header is damaged: download or convert the file again."));
            }

            if (entry.Begin > end)
            {
                throw new CheckpointFormatException(Invariant($"{path}: tensor {name} begins at byte {entry.Begin} but {previous} ends at byte {end}, which leaves a hole; the format allows none: convert the file again."));
            }

            end = entry.End;
            previous = $"tensor {name}";
        }

        if (end != dataLength)
        {
            throw new CheckpointFormatException(Invariant($"{path}: the tensors end at byte {end} of the data but the file has {dataLength}; the file is damaged or two files were joined: download or convert it again."));
        }
    }
}

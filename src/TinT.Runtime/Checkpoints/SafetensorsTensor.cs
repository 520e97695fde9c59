namespace TinT.Runtime.Checkpoints;

/// <summary>One tensor of a <see cref="SafetensorsFile"/>.</summary>
public sealed class SafetensorsTensor : CheckpointTensor
{
    private readonly SafetensorsFile file;
    private readonly long begin;

    internal SafetensorsTensor(SafetensorsFile file, SafetensorsEntry entry)
        : base(entry.Name, entry.Type, entry.Shape)
    {
        this.file = file;
        begin = entry.Begin;
    }

    /// <inheritdoc/>
    internal override string Path => file.Path;

    /// <inheritdoc/>
    private protected override void ReadBytes(long offset, Span<byte> destination) => file.ReadData(begin + offset, destination);
}

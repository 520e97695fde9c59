using TinT.Runtime.Checkpoints;

namespace TinT.Literal.Export;

/// <summary>How a simulator is written.</summary>
public sealed record ExportOptions
{
    /// <summary>Bytes of tensors in a shard unless a single tensor has more.</summary>
    public const long DefaultShardBytes = 2_000_000_000;

    /// <summary>
    /// <see cref="TensorType.F32"/> or <see cref="TensorType.F64"/>. In single precision the learning rate, 1 / N and, unless the number
    /// of feed-forward blocks is a power of two, c₂ / K are rounded, and so are weights of a checkpoint in double precision; all other values are exact.
    /// </summary>
    public TensorType Type { get; init; } = TensorType.F32;

    /// <summary>Most bytes of tensors in a shard; a larger tensor has a shard of its own.</summary>
    public long ShardBytes { get; init; } = DefaultShardBytes;

    /// <summary>Kind of gates that the description prescribes.</summary>
    public GateFunction Gates { get; init; } = GateFunction.Hard;

    /// <summary>Argument of an open gate, which the gates' parameters hold.</summary>
    public double GateScale { get; init; } = ConstructionSettings.AuthorsGateScale;

    /// <summary>Whether an earlier export in the directory is replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>Gives the bytes that are free where a directory lies.</summary>
    internal Func<string, long> FreeBytes { get; init; } = path =>
        new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(path)! : path).AvailableFreeSpace;
}

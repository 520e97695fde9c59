namespace TinT.Runtime.Checkpoints;

/// <summary>Memory that holds a part of one tensor at a time, row-major: that of the reader which used it last.</summary>
internal sealed class StridedBlock
{
    /// <summary>Its bytes.</summary>
    public const int Length = 4 << 20;

    /// <summary>Bytes read from the file at a time.</summary>
    public const int WindowLength = 64 << 10;

    private byte[]? bytes;
    private byte[]? window;

    /// <summary>Taken while the block is used.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Which part of which tensor it holds.</summary>
    public (StridedReader? Reader, long Part) Holds { get; set; }

    /// <summary>The memory.</summary>
    public Span<byte> Bytes => bytes ??= new byte[Length];

    /// <summary>Room for what is read.</summary>
    public Span<byte> Window => window ??= new byte[WindowLength];
}

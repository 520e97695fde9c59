namespace TinT.Runtime.Cpu.Tiles;

/// <summary>A register tile 1 vector wide.</summary>
internal readonly struct TileWidth1 : ITileWidth
{
    /// <inheritdoc/>
    public static int Vectors => 1;
}

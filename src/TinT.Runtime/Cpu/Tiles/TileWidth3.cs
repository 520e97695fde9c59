namespace TinT.Runtime.Cpu.Tiles;

/// <summary>A register tile 3 vectors wide.</summary>
internal readonly struct TileWidth3 : ITileWidth
{
    /// <inheritdoc/>
    public static int Vectors => 3;
}

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>A register tile 4 vectors wide.</summary>
internal readonly struct TileWidth4 : ITileWidth
{
    /// <inheritdoc/>
    public static int Vectors => 4;
}

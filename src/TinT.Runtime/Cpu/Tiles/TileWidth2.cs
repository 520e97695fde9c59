namespace TinT.Runtime.Cpu.Tiles;

/// <summary>A register tile 2 vectors wide.</summary>
internal readonly struct TileWidth2 : ITileWidth
{
    /// <inheritdoc/>
    public static int Vectors => 2;
}

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>A register tile of 2 rows.</summary>
internal readonly struct TileHeight2 : ITileHeight
{
    /// <inheritdoc/>
    public static int Rows => 2;
}

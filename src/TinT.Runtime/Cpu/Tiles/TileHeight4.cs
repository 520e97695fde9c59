namespace TinT.Runtime.Cpu.Tiles;

/// <summary>A register tile of 4 rows.</summary>
internal readonly struct TileHeight4 : ITileHeight
{
    /// <inheritdoc/>
    public static int Rows => 4;
}

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>A register tile of 6 rows.</summary>
internal readonly struct TileHeight6 : ITileHeight
{
    /// <inheritdoc/>
    public static int Rows => 6;
}

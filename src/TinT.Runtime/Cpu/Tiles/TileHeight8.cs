namespace TinT.Runtime.Cpu.Tiles;

/// <summary>A register tile of 8 rows.</summary>
internal readonly struct TileHeight8 : ITileHeight
{
    /// <inheritdoc/>
    public static int Rows => 8;
}

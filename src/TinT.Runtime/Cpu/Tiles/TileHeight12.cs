namespace TinT.Runtime.Cpu.Tiles;

/// <summary>A register tile of 12 rows.</summary>
internal readonly struct TileHeight12 : ITileHeight
{
    /// <inheritdoc/>
    public static int Rows => 12;
}

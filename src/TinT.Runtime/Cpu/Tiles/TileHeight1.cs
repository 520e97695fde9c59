namespace TinT.Runtime.Cpu.Tiles;

/// <summary>A register tile of 1 row.</summary>
internal readonly struct TileHeight1 : ITileHeight
{
    /// <inheritdoc/>
    public static int Rows => 1;
}

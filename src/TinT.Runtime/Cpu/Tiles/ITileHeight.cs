namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Rows of a register tile as a type, so that the compiler sees a constant and drops the rows a tile does not have.</summary>
internal interface ITileHeight
{
    /// <summary>Rows, 1 to 6.</summary>
    static abstract int Rows { get; }
}

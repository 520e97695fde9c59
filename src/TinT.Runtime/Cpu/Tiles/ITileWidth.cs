namespace TinT.Runtime.Cpu.Tiles;

/// <summary>How many vectors of each row a tile computes, as a constant of the compiled code.</summary>
internal interface ITileWidth
{
    /// <summary>Vectors, 1 to 4.</summary>
    static abstract int Vectors { get; }
}

namespace TinT.Runtime.Ilgpu;

/// <summary>Threads of a group and the square tile that they compute.</summary>
/// <param name="ThreadColumns">Threads side by side.</param>
/// <param name="ThreadRows">Threads below each other.</param>
/// <param name="TileSize">Rows and columns of the tile.</param>
public readonly record struct GroupShape(int ThreadColumns, int ThreadRows, int TileSize)
{
    /// <summary>Threads of a group.</summary>
    public int Threads => ThreadColumns * ThreadRows;
}

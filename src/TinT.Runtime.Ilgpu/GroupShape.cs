namespace TinT.Runtime.Ilgpu;

/// <summary>Threads of a group and the tiles that they compute.</summary>
/// <param name="ThreadColumns">Threads side by side.</param>
/// <param name="ThreadRows">Threads below each other.</param>
/// <param name="TileSize">Rows and columns of a tile of attention.</param>
/// <param name="ProductRows">Rows of a tile of a product.</param>
/// <param name="ProductColumns">Columns of a tile of a product.</param>
public readonly record struct GroupShape(int ThreadColumns, int ThreadRows, int TileSize, int ProductRows, int ProductColumns)
{
    /// <summary>Threads of a group.</summary>
    public int Threads => ThreadColumns * ThreadRows;
}

using TinT.Runtime.Ilgpu.Kernels.Groups;

namespace TinT.Runtime.Ilgpu;

/// <summary>Threads of a group and the tiles that they compute.</summary>
/// <param name="ThreadColumns">Threads side by side.</param>
/// <param name="ThreadRows">Threads below each other.</param>
/// <param name="TileSize">Rows and columns of a tile of attention.</param>
/// <param name="ProductRows">Rows of a tile of a product.</param>
/// <param name="ProductColumns">Columns of a tile of a product.</param>
internal readonly record struct GroupShape(int ThreadColumns, int ThreadRows, int TileSize, int ProductRows, int ProductColumns)
{
    /// <summary>Threads of a group.</summary>
    public int Threads => ThreadColumns * ThreadRows;

    /// <summary>The shape that kernels are made for.</summary>
    /// <typeparam name="TGroup">Its constants.</typeparam>
    public static GroupShape Of<TGroup>()
        where TGroup : struct, IGroup =>
        new(TGroup.ThreadColumns, TGroup.ThreadRows, AttentionTile<TGroup>.Size, ProductTile<TGroup>.Rows, ProductTile<TGroup>.Columns);
}

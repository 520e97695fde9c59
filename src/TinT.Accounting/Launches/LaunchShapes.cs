using TinT.Compiler.Devices;

namespace TinT.Accounting.Launches;

/// <summary>Costs of the forms that generated GPU kernels have: products of tiles, reductions of rows or columns, and one thread for each element.</summary>
/// <param name="tile">Shape of the groups.</param>
internal sealed class LaunchShapes(GroupTile tile)
{
    /// <summary>Registers for places and bounds of kernels that keep no tile, of the order that compilers need for such loops.</summary>
    private const int PlainRegisters = 24;

    /// <summary>Shape of the groups.</summary>
    public GroupTile Tile => tile;

    /// <summary>Tiles that a length takes.</summary>
    public long Tiles(long length) => TileCosts.Tiles(tile, length);

    /// <summary>Terms as the loops over them run: whole depths.</summary>
    public long Terms(long terms) => TileCosts.Depths(tile, terms);

    /// <summary>Operations of products with so many terms in so many whole tiles.</summary>
    public long TileOperations(long tiles, long terms) => TileCosts.Operations(tile, tiles, terms);

    /// <summary>A product of [rows, terms] and [terms, columns].</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="terms">Terms of its sums.</param>
    /// <param name="reads">Elements read to finish an element of the result.</param>
    /// <param name="writes">Elements written for it.</param>
    /// <param name="operations">Operations to finish it.</param>
    /// <param name="parts">Parts of the terms, each with groups and results of its own.</param>
    public GpuLaunch Product(string kernel, long rows, long columns, long terms, int reads, int writes, int operations, int parts = 1) =>
        Launch(kernel, tile.Product.SharedFloats, tile.Product.Registers, TileCosts.Product(tile, rows, columns, terms, reads, writes, operations, parts));

    /// <summary>Linear attention.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="trainingRows">Rows of keys and values.</param>
    /// <param name="terms">Columns of queries and keys.</param>
    /// <param name="columns">Columns of the result.</param>
    public GpuLaunch LinearAttention(string kernel, long rows, long trainingRows, long terms, long columns) =>
        Launch(kernel, tile.LinearAttentionFloats, tile.Registers(blocks: 2), TileCosts.LinearAttention(tile, rows, trainingRows, terms, columns));

    /// <summary>One group for each row.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="operations">Operations of all rows.</param>
    /// <param name="reads">Elements read for all rows.</param>
    /// <param name="writes">Elements written for all rows.</param>
    public GpuLaunch Rows(string kernel, long rows, long operations, long reads, long writes) =>
        new(kernel, rows, tile.Threads, OperationCost.NumberBytes * tile.Threads, PlainRegisters, operations, reads, writes);

    /// <summary>Sums of the columns of a matrix.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="reads">Elements read to finish a sum; each costs two operations.</param>
    /// <param name="factors">Matrices whose product, element by element, it is the sum of.</param>
    public GpuLaunch ColumnSums(string kernel, long rows, long columns, int reads, int factors = 1) => new(
        kernel,
        (columns + tile.ThreadColumns - 1) / tile.ThreadColumns,
        tile.Threads,
        OperationCost.NumberBytes * tile.Threads,
        PlainRegisters,
        columns * ((factors * rows) + 2),
        columns * ((factors * rows) + reads),
        columns);

    /// <summary>One thread for each element.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="elements">Elements.</param>
    /// <param name="operations">Operations of one.</param>
    /// <param name="reads">Elements of global memory read for one.</param>
    /// <param name="writes">Elements of global memory written for one.</param>
    public static GpuLaunch Elements(string kernel, long elements, int operations, int reads, int writes = 1) =>
        new(kernel, elements, null, 0, PlainRegisters, operations * elements, reads * elements, writes * elements);

    private GpuLaunch Launch(string kernel, int sharedFloats, int registers, TileCost cost) =>
        new(kernel, cost.Groups, tile.Threads, OperationCost.NumberBytes * sharedFloats, registers, cost.Operations, cost.Reads, cost.Writes);
}

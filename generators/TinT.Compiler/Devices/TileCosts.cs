namespace TinT.Compiler.Devices;

/// <summary>Costs of the two kernels that an update can be: the product of the primal form and the linear attention of the dual one.</summary>
public static class TileCosts
{
    /// <summary>Tiles of attention that a length takes.</summary>
    /// <param name="tile">Shape of the groups.</param>
    /// <param name="length">Rows or columns.</param>
    public static long Tiles(GroupTile tile, long length) => (length + tile.Size - 1) / tile.Size;

    /// <summary>Operations of scores or weighted sums with so many terms, which run in whole depths, in so many whole tiles.</summary>
    /// <param name="tile">Shape of the groups.</param>
    /// <param name="tiles">Tiles of the result.</param>
    /// <param name="terms">Terms of its sums.</param>
    public static long Operations(GroupTile tile, long tiles, long terms) =>
        2 * tiles * tile.Size * tile.Size * Depths(tile, terms);

    /// <summary>Terms of scores or weighted sums as the loops over them run: whole depths.</summary>
    /// <param name="tile">Shape of the groups.</param>
    /// <param name="terms">Terms.</param>
    public static long Depths(GroupTile tile, long terms) => (terms + tile.Depth - 1) / tile.Depth * tile.Depth;

    /// <summary>
    /// A product of [rows, terms] and [terms, columns]. Every tile of the result reads whole lines of both operands, in whole depths: what lies outside is
    /// read as the last of what is inside.
    /// </summary>
    /// <param name="tile">Shape of the groups.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="terms">Terms of its sums.</param>
    /// <param name="reads">Floats read to finish an element of the result.</param>
    /// <param name="writes">Floats written for it.</param>
    /// <param name="operations">Operations to finish it.</param>
    /// <param name="parts">Parts of the terms, each with groups and results of its own; all but the last are whole depths.</param>
    public static TileCost Product(GroupTile tile, long rows, long columns, long terms, int reads, int writes, int operations, int parts = 1)
    {
        ProductTile product = tile.Product;
        long groups = (rows + product.Rows - 1) / product.Rows * ((columns + product.Columns - 1) / product.Columns);
        long depths = (terms + product.Depth - 1) / product.Depth * product.Depth;
        long elements = rows * columns;
        return new TileCost(
            parts * groups,
            (2 * groups * product.Rows * product.Columns * depths) + (operations * elements),
            (groups * (product.Rows + product.Columns) * depths) + (reads * elements),
            parts * writes * elements);
    }

    /// <summary>
    /// Linear attention: for each tile of training rows a group makes scores, and adds their products with the values to its tiles of the
    /// result, which it reads and writes each time.
    /// </summary>
    /// <param name="tile">Shape of the groups.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="trainingRows">Rows of keys and values.</param>
    /// <param name="terms">Columns of queries and keys.</param>
    /// <param name="columns">Columns of the result.</param>
    public static TileCost LinearAttention(GroupTile tile, long rows, long trainingRows, long terms, long columns)
    {
        long parts = (Tiles(tile, columns) + GroupTiles.LinearAttentionTiles - 1) / GroupTiles.LinearAttentionTiles;
        long down = Tiles(tile, rows);
        long keyTiles = Tiles(tile, trainingRows);

        // A tile's size is a whole number of depths, so that only the last tile of keys has fewer terms.
        long sums = Tiles(tile, columns) * down;
        return new TileCost(
            parts * down,
            Operations(tile, parts * down * keyTiles, terms) + Operations(tile, sums, trainingRows) + (2 * parts * rows * trainingRows) + (rows * columns * keyTiles),
            (tile.Size * ((2 * parts * down * keyTiles * Depths(tile, terms)) + (sums * Depths(tile, trainingRows)))) + (rows * columns * keyTiles),
            rows * columns * keyTiles);
    }
}

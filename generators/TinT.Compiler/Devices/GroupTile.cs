namespace TinT.Compiler.Devices;

/// <summary>How the threads of a GPU group share a square tile of attention, and, for products of other operands, a tile of those.</summary>
/// <param name="Name">What generated code calls the groups.</param>
/// <param name="ThreadColumns">Threads side by side, x.</param>
/// <param name="ThreadRows">Threads below each other, y.</param>
/// <param name="BlockRows">Rows of the tile that each thread keeps in registers.</param>
/// <param name="BlockColumns">Columns of the tile that each thread keeps in registers.</param>
/// <param name="Depth">Terms of the sums that are in shared memory at once.</param>
/// <param name="Product">Tiles of products, by as many threads.</param>
public sealed record GroupTile(string Name, int ThreadColumns, int ThreadRows, int BlockRows, int BlockColumns, int Depth, ProductTile Product)
{
    /// <summary>Threads of a group.</summary>
    public int Threads => ThreadColumns * ThreadRows;

    /// <summary>Rows and columns of the tile.</summary>
    public int Size => ThreadColumns * BlockColumns;

    /// <summary>Floats from one line of an operand in shared memory to the next: one more than needed, so that neither reading nor writing meets a bank twice.</summary>
    public int Pitch => Size + 1;

    /// <summary>Threads that share a row of attention scores.</summary>
    public int RowLanes => Threads / Size;

    /// <summary>Floats of shared memory of the operands: a line of each for each term.</summary>
    public int OperandFloats => 2 * Depth * Pitch;

    /// <summary>Floats of shared memory of attention, at most.</summary>
    public int AttentionFloats => AttentionFloatsOf(softmax: true, slopes: false);

    /// <summary>Floats of shared memory of an attention kernel: a product's, a tile of scores, two for each row, and what its parts add.</summary>
    /// <param name="softmax">Whether it has a running softmax, for which threads exchange two floats each, and rows have a third.</param>
    /// <param name="slopes">Whether it makes gradients of scores, for which rows have a third.</param>
    public int AttentionFloatsOf(bool softmax, bool slopes) =>
        OperandFloats + (Size * Pitch) + (2 * Size) + (softmax ? Size + (2 * Threads) : 0) + (slopes ? Size : 0);

    /// <summary>Floats of shared memory of linear attention: a product's, and a tile of scores.</summary>
    public int LinearAttentionFloats => OperandFloats + (Size * Pitch);

    /// <summary>
    /// Registers of a thread in attention, estimated: its blocks of sums, a row and a column of operands, and about 24 for places and bounds.
    /// </summary>
    /// <param name="blocks">Blocks of sums that it has at a time.</param>
    public int Registers(int blocks) => (blocks * BlockRows * BlockColumns) + 1 + BlockColumns + 24;
}

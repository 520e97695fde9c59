namespace TinT.Compiler.Devices;

/// <summary>
/// How the threads of a GPU group share a tile of a product. The threads of a slice have all elements of the tile in their registers; slices share
/// the terms of the sums, and add up what they have at the end.
/// </summary>
/// <param name="ThreadColumns">Threads of a slice side by side.</param>
/// <param name="ThreadRows">Threads of a slice below each other.</param>
/// <param name="Slices">Slices.</param>
/// <param name="BlockRows">Rows of the tile that each thread keeps in registers.</param>
/// <param name="BlockColumns">Columns of the tile that each thread keeps in registers.</param>
/// <param name="Depth">Terms of the sums that are in shared memory at once.</param>
/// <param name="Unrolled">Terms that the code has one behind the other, as ILGPU unrolls no loops.</param>
public sealed record ProductTile(int ThreadColumns, int ThreadRows, int Slices, int BlockRows, int BlockColumns, int Depth, int Unrolled)
{
    /// <summary>Sums that slices hand over at once, at most.</summary>
    private const int MostExchanged = 4096;

    /// <summary>Threads of a group.</summary>
    public int Threads => SliceThreads * Slices;

    /// <summary>Threads of a slice.</summary>
    public int SliceThreads => ThreadColumns * ThreadRows;

    /// <summary>Rows of the tile.</summary>
    public int Rows => ThreadRows * BlockRows;

    /// <summary>Columns of the tile.</summary>
    public int Columns => ThreadColumns * BlockColumns;

    /// <summary>Terms of the sums in shared memory that are a slice's.</summary>
    public int SliceDepth => Depth / Slices;

    /// <summary>Floats from one line of the left operand in shared memory to the next: one more than needed, so that neither reading nor writing meets a bank twice.</summary>
    public int RowPitch => Rows + 1;

    /// <summary>The same for the right operand.</summary>
    public int ColumnPitch => Columns + 1;

    /// <summary>Floats of the left operand that each thread loads at once.</summary>
    public int LeftLoads => Rows * Depth / Threads;

    /// <summary>Floats of the right operand that each thread loads at once.</summary>
    public int RightLoads => Columns * Depth / Threads;

    /// <summary>Rows of a thread's block whose sums the slices hand over at once.</summary>
    public int ExchangedRows
    {
        get
        {
            int rows = BlockRows;
            while (rows > 1 && Threads * BlockColumns * rows > MostExchanged)
                rows /= 2;
            return rows;
        }
    }

    /// <summary>Floats from one row of what a slice hands over to the next: so many more than needed that the rows of threads do not meet in a bank.</summary>
    public int ExchangePitch => Columns + ThreadColumns;

    /// <summary>Floats that a slice hands over at once.</summary>
    public int ExchangedFloats => ThreadRows * ExchangedRows * ExchangePitch;

    /// <summary>Floats of the left operand's lines in shared memory, behind which those of the right operand lie.</summary>
    public int LeftFloats => Depth * RowPitch;

    /// <summary>Floats of shared memory: the operands' lines, or what slices hand over.</summary>
    public int SharedFloats => Math.Max(LeftFloats + (Depth * ColumnPitch), Slices == 1 ? 0 : Slices * ExchangedFloats);

    /// <summary>Operations for each byte of global memory that a product reads.</summary>
    public double GlobalIntensity => 2.0 * Rows * Columns / (4.0 * (Rows + Columns));

    /// <summary>Multiply-adds for each float that a thread reads from shared memory.</summary>
    public double SharedIntensity => (double)(BlockRows * BlockColumns) / (BlockRows + BlockColumns);

    /// <summary>
    /// Registers of a thread, estimated: its sums, a row and a column of operands, the next terms on their way and their places, and about 24 more.
    /// NVIDIA's assembler took 149 where this is 145, for a product in wide groups.
    /// </summary>
    public int Registers => (BlockRows * BlockColumns) + 1 + BlockColumns + (2 * (LeftLoads + RightLoads)) + 24;
}

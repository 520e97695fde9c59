namespace TinT.Compiler.Lowering;

/// <summary>The reordering that reads a row-major <paramref name="Rows"/> × <paramref name="Columns"/> grid column by column.</summary>
/// <remarks>
/// A linear attention leaves the product with weight row p·S+s at head s, coordinate p: its output is the rows' order
/// under an S × P grid transposition. The construction's permutation puts them back.
/// </remarks>
public sealed record GridTranspose(int Rows, int Columns)
{
    /// <summary>Whether this reordering undoes <paramref name="other"/>.</summary>
    public bool Undoes(GridTranspose other) => Rows == other.Columns && Columns == other.Rows;
}

namespace TinT.Compiler.Lowering;

/// <summary>The reordering that reads a row-major <paramref name="Rows"/> × <paramref name="Columns"/> grid column by column.</summary>
/// <remarks>
/// A linear attention leaves the product with weight row p·S+s at head s, coordinate p: it reads the P × S grid of rows
/// column by column. The construction's permutation, which reads an S × P grid so, puts them back.
/// </remarks>
public sealed record GridTranspose(int Rows, int Columns)
{
    /// <summary>Whether this reordering undoes <paramref name="other"/>.</summary>
    public bool Undoes(GridTranspose other) => Rows == other.Columns && Columns == other.Rows;
}

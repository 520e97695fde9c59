using TinT.Compiler.Layout;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Writes the sums that a thread keeps of a tile: rows threadY, threadY + ThreadRows, …, and columns threadX, threadX + ThreadColumns, ….</summary>
/// <param name="code">Where to.</param>
/// <param name="tile">The tile.</param>
/// <param name="name">Start of the names of the variables.</param>
internal sealed class RegisterBlock(CodeWriter code, GroupTile tile, string name)
{
    /// <summary>Declares the sums, 0 at first.</summary>
    public void Declare()
    {
        for (int row = 0; row < tile.BlockRows; row++)
            code.Line("float " + string.Join(", ", Columns().Select(column => $"{Sum(row, column)} = 0f")) + ";");
    }

    /// <summary>Sets the sums to 0.</summary>
    public void Clear()
    {
        for (int row = 0; row < tile.BlockRows; row++)
            code.Line(string.Join(" ", Columns().Select(column => $"{Sum(row, column)} = 0f;")));
    }

    /// <summary>Multiplies the sums of each row by a factor.</summary>
    /// <param name="factor">From a row of the tile to its factor.</param>
    public void Scale(Func<string, string> factor)
    {
        for (int row = 0; row < tile.BlockRows; row++)
        {
            code.Line($"float {name}Factor{row} = {factor(RowInTile(row))};");
            code.Line(string.Join(" ", Columns().Select(column => $"{Sum(row, column)} *= {name}Factor{row};")));
        }
    }

    /// <summary>Adds the products of all terms in shared memory. They are added up first, so that long sums are sums of short ones and lose fewer digits.</summary>
    /// <param name="left">From a term and a row of the tile to the left factor.</param>
    /// <param name="right">Name of the right operand, a line for each term.</param>
    /// <param name="terms">Number of terms.</param>
    public void MultiplyAdd(Func<string, string, string> left, string right, string terms)
    {
        for (int row = 0; row < tile.BlockRows; row++)
            code.Line("float " + string.Join(", ", Columns().Select(column => $"{Part(row, column)} = 0f")) + ";");
        code.Block($"for (int term = 0; term < {terms}; term++)", () =>
        {
            foreach (int column in Columns())
                code.Line($"float right{column} = {right}[(term * Pitch) + threadX{Plus(column * tile.ThreadColumns)}];");
            for (int row = 0; row < tile.BlockRows; row++)
            {
                code.Line($"float left{row} = {left("term", RowInTile(row))};");
                code.Line(string.Join(" ", Columns().Select(column => $"{Part(row, column)} += left{row} * right{column};")));
            }
        });
        code.Line();
        for (int row = 0; row < tile.BlockRows; row++)
            code.Line(string.Join(" ", Columns().Select(column => $"{Sum(row, column)} += {Part(row, column)};")));
    }

    /// <summary>Writes a statement for each sum.</summary>
    /// <param name="statement">From row and column of the tile, and the sum, to the statement.</param>
    public void ForEach(Func<string, string, string, string> statement)
    {
        for (int row = 0; row < tile.BlockRows; row++)
        {
            foreach (int column in Columns())
                code.Line(statement(RowInTile(row), ColumnInTile(column), Sum(row, column)));
        }
    }

    /// <summary>Writes statements on pairs of sums of two blocks.</summary>
    /// <param name="other">The other block.</param>
    /// <param name="statement">From row and column of the tile, the number of the row in the block, and both sums, to the statement.</param>
    public void ForEachPair(RegisterBlock other, Func<string, string, int, string, string, string> statement)
    {
        for (int row = 0; row < tile.BlockRows; row++)
        {
            foreach (int column in Columns())
                code.Line(statement(RowInTile(row), ColumnInTile(column), row, Sum(row, column), other.Sum(row, column)));
        }
    }

    private IEnumerable<int> Columns() => Enumerable.Range(0, tile.BlockColumns);

    private string Sum(int row, int column) => $"{name}{row}{column}";

    private static string Part(int row, int column) => $"part{row}{column}";

    private string RowInTile(int row) => "threadY" + Plus(row * tile.ThreadRows);

    private string ColumnInTile(int column) => "threadX" + Plus(column * tile.ThreadColumns);

    private static string Plus(int offset) => offset == 0 ? string.Empty : " + " + Identifiers.Integer(offset);
}

using TinT.Compiler.Layout;
using TinT.Compiler.Text;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Writes the sums that a thread keeps of a tile: rows threadY, threadY + ThreadRows, …, and columns threadX, threadX + ThreadColumns, ….</summary>
/// <param name="code">Where to.</param>
/// <param name="tile">The tile.</param>
/// <param name="name">Start of the names of the variables.</param>
internal sealed class RegisterBlock(CodeWriter code, GroupTile tile, string name)
{
    /// <summary>Terms that the code has one behind the other, as ILGPU unrolls no loops.</summary>
    private const int Unrolled = 4;

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

    /// <summary>Adds the products of <c>Depth</c> terms in shared memory; those of the right operand are the lines of <c>right</c>.</summary>
    /// <param name="left">The left operand's tile.</param>
    /// <param name="leftTerm">Place of its first term in the tile, or <see langword="null"/> if that is 0.</param>
    /// <param name="termsAlongRows">Whether its terms lie along rows of the tile; otherwise its lines are terms.</param>
    public void MultiplyAdd(string left, string? leftTerm, bool termsAlongRows)
    {
        (int rowStep, int termStep) = termsAlongRows ? (tile.ThreadRows * tile.Pitch, 1) : (tile.ThreadRows, tile.Pitch);
        string place = leftTerm is null ? "term" : $"{leftTerm} + term";
        string start = termsAlongRows ? $"(threadY * Pitch) + {place}" : $"(({place}) * Pitch) + threadY";
        int length = ((Unrolled - 1) * termStep) + ((tile.BlockRows - 1) * rowStep) + 1;
        int rightLength = ((Unrolled - 1) * tile.Pitch) + tile.Size - tile.ThreadColumns + 1;
        code.Block($"for (int term = 0; term < Depth; term += {Integer(Unrolled)})", () =>
        {
            code.Line($"ArrayView<float> leftLines = {left}.SubView({start}, {Integer(length)});");
            code.Line($"ArrayView<float> rightLines = right.SubView((term * Pitch) + threadX, {Integer(rightLength)});");
            UnrolledTerms.Write(
                code,
                Unrolled,
                tile.BlockRows,
                tile.BlockColumns,
                (term, row) => $"leftLines[{Integer((term * termStep) + (row * rowStep))}]",
                (term, column) => $"rightLines[{Integer((term * tile.Pitch) + (column * tile.ThreadColumns))}]",
                Sum);
        });
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

    private string RowInTile(int row) => "threadY" + Plus(row * tile.ThreadRows);

    private string ColumnInTile(int column) => "threadX" + Plus(column * tile.ThreadColumns);

    private static string Plus(int offset) => offset == 0 ? string.Empty : " + " + Integer(offset);
}

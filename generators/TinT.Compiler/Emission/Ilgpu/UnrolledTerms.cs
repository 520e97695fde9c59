using TinT.Compiler.Text;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Writes the multiply-adds of some terms one behind the other.</summary>
internal static class UnrolledTerms
{
    /// <summary>Writes them.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="terms">Number of terms.</param>
    /// <param name="rows">Rows of a thread's sums.</param>
    /// <param name="columns">Columns of its sums.</param>
    /// <param name="left">From term and row to the left factor.</param>
    /// <param name="right">From term and column to the right factor.</param>
    /// <param name="sum">From row and column to the sum.</param>
    public static void Write(CodeWriter code, int terms, int rows, int columns, Func<int, int, string> left, Func<int, int, string> right, Func<int, int, string> sum)
    {
        int[] across = [.. Enumerable.Range(0, columns)];
        for (int term = 0; term < terms; term++)
        {
            string declaration = term == 0 ? "float " : string.Empty;
            code.Line(string.Join(" ", across.Select(column => $"{declaration}right{column} = {right(term, column)};")));
            for (int row = 0; row < rows; row++)
                code.Line($"{(term == 0 && row == 0 ? "float " : string.Empty)}leftValue = {left(term, row)}; " + string.Join(" ", across.Select(column => $"{sum(row, column)} += leftValue * right{column};")));
        }
    }
}

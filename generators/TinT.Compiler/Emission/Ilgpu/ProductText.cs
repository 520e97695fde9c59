using System.Globalization;
using TinT.Compiler.Layout;
using TinT.Compiler.Text;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>
/// Writes the body of a product's kernel. While a group multiplies the terms in shared memory, the next ones are on their way to its registers. In the loop
/// over the terms all indices of shared memory are a thread's place plus a constant, which costs no instruction.
/// </summary>
/// <param name="code">Where to.</param>
/// <param name="tile">Shape of the groups.</param>
/// <param name="left">The left operand.</param>
/// <param name="right">The right operand.</param>
/// <param name="terms">Number of terms of the sums.</param>
/// <param name="part">Number of terms that a group adds up, if groups side by side share them; <see langword="null"/> if each adds up all.</param>
internal sealed class ProductText(CodeWriter code, ProductTile tile, TileOperand left, TileOperand right, string terms, int? part = null)
{
    /// <summary>Writes the body.</summary>
    /// <param name="finish">From row and column of the result, and the sum, to the statement that stores it if it is inside.</param>
    public void Write(Func<string, string, string, string> finish)
    {
        code.Line(
            $"""
            ArrayView<float> shared = SharedMemory.Allocate<float>({Integer(tile.SharedFloats)});
            int thread = (Group.IdxY * ThreadColumns) + Group.IdxX;
            int firstRow = Grid.IdxY * {Integer(tile.Rows)};
            {Columns()}

            // The terms that the thread loads, and where it puts them.
            """);
        bool whole = OperandLines.AreFilledBy(terms, tile.Depth);
        var leftText = new OperandText(code, left, "left", new OperandLines(tile.Threads, tile.Rows, tile.RowPitch, tile.Depth), terms, whole, clears: true);
        var rightText = new OperandText(code, right, "right", new OperandLines(tile.Threads, tile.Columns, tile.ColumnPitch, tile.Depth), terms, whole, clears: false);
        leftText.WritePlaces("shared", start: 0, "firstRow");
        rightText.WritePlaces("shared", tile.LeftFloats, "firstColumn");
        string start = part is null ? "0" : "firstOfPart";
        leftText.WriteLoads(start, declares: true);
        rightText.WriteLoads(start, declares: true);

        code.Line("\n// Its sums.");
        if (tile.Slices > 1)
            code.Line($"int slice = thread / {Integer(tile.SliceThreads)};");
        code.Line($"int threadX = {OperandText.Remainder("thread", tile.ThreadColumns)};");
        string threadRow = $"thread / {Integer(tile.ThreadColumns)}";
        code.Line($"int threadY = {(tile.Slices > 1 ? OperandText.Remainder($"({threadRow})", tile.ThreadRows) : threadRow)};");
        for (int row = 0; row < tile.BlockRows; row++)
            code.Line("float " + string.Join(", ", Enumerable.Range(0, tile.BlockColumns).Select(column => $"{Sum(row, column)} = 0f")) + ";");

        string end = part is null ? terms : "endOfPart";
        code.Block($"for (int firstTerm = {start}; firstTerm < {end}; firstTerm += {Integer(tile.Depth)})", () =>
        {
            code.Line("Group.Barrier();");
            leftText.WriteStores();
            rightText.WriteStores();
            code.Line($"Group.Barrier();\nint next = firstTerm + {Integer(tile.Depth)};");
            code.Block($"if (next < {end})", () =>
            {
                leftText.WriteLoads("next", declares: false);
                rightText.WriteLoads("next", declares: false);
            });
            code.Line();
            WriteMultiplyAdd();
        });
        code.Line();
        if (tile.Slices > 1)
            WriteExchange(finish);
        else
            WriteFinish(finish);
    }

    /// <summary>The group's columns, and its part of the terms. The part is a whole number of depths.</summary>
    private string Columns()
    {
        if (part is not { } length)
            return $"int firstColumn = Grid.IdxX * {Integer(tile.Columns)};";
        int across = (int.Parse(right.Bound, CultureInfo.InvariantCulture) + tile.Columns - 1) / tile.Columns;
        return $"""
            int part = Grid.IdxX / {Integer(across)};
            int firstColumn = (Grid.IdxX - (part * {Integer(across)})) * {Integer(tile.Columns)};
            int firstOfPart = part * {Integer(length)};
            int endOfPart = XMath.Min(firstOfPart + {Integer(length)}, {terms});
            """;
    }

    private void WriteMultiplyAdd()
    {
        string Part(string name, string first, string thread, int pitch, int size, int threads, int terms)
        {
            string slice = tile.Slices > 1 ? $"(slice * {Integer(tile.SliceDepth * pitch)}) + " : string.Empty;
            return $"ArrayView<float> {name} = shared.SubView({first}{slice}{thread}, {Integer(((terms - 1) * pitch) + size - threads + 1)});";
        }

        code.Line(Part("leftPart", string.Empty, "threadY", tile.RowPitch, tile.Rows, tile.ThreadRows, tile.SliceDepth));
        code.Line(Part("rightPart", $"{Integer(tile.LeftFloats)} + ", "threadX", tile.ColumnPitch, tile.Columns, tile.ThreadColumns, tile.SliceDepth));
        code.Block($"for (int run = 0; run < {Integer(tile.SliceDepth / tile.Unrolled)}; run++)", () =>
        {
            string Lines(string name, string of, int pitch, int size, int threads) =>
                $"ArrayView<float> {name} = {of}.SubView(run * {Integer(tile.Unrolled * pitch)}, {Integer(((tile.Unrolled - 1) * pitch) + size - threads + 1)});";
            code.Line(Lines("leftLines", "leftPart", tile.RowPitch, tile.Rows, tile.ThreadRows));
            code.Line(Lines("rightLines", "rightPart", tile.ColumnPitch, tile.Columns, tile.ThreadColumns));
            UnrolledTerms.Write(
                code,
                tile.Unrolled,
                tile.BlockRows,
                tile.BlockColumns,
                (term, row) => $"leftLines[{Integer((term * tile.RowPitch) + (row * tile.ThreadRows))}]",
                (term, column) => $"rightLines[{Integer((term * tile.ColumnPitch) + (column * tile.ThreadColumns))}]",
                Sum);
        });
    }

    /// <summary>Every thread finishes its own sums.</summary>
    private void WriteFinish(Func<string, string, string, string> finish)
    {
        for (int row = 0; row < tile.BlockRows; row++)
        {
            for (int column = 0; column < tile.BlockColumns; column++)
                code.Line(finish($"firstRow + threadY{OperandText.Plus(row * tile.ThreadRows)}", $"firstColumn + threadX{OperandText.Plus(column * tile.ThreadColumns)}", Sum(row, column)));
        }
    }

    /// <summary>Slices hand over some rows of their sums at a time, and every thread finishes some elements of them.</summary>
    private void WriteExchange(Func<string, string, string, string> finish)
    {
        int rows = tile.ThreadRows * tile.ExchangedRows;
        int step = tile.Threads / tile.Columns;
        code.Line($"int line = thread / {Integer(tile.Columns)};\nint column = {OperandText.Remainder("thread", tile.Columns)};");
        code.Line(
            $"ArrayView<float> given = shared.SubView((slice * {Integer(tile.ExchangedFloats)}) + (threadY * {Integer(tile.ExchangePitch)}) + threadX, "
            + $"{Integer(((rows - tile.ThreadRows) * tile.ExchangePitch) + tile.Columns - tile.ThreadColumns + 1)});");
        code.Line($"ArrayView<float> taken = shared.SubView((line * {Integer(tile.ExchangePitch)}) + column, {Integer(((tile.Slices - 1) * tile.ExchangedFloats) + ((rows - step) * tile.ExchangePitch) + 1)});");
        for (int first = 0; first < tile.BlockRows; first += tile.ExchangedRows)
        {
            code.Line("Group.Barrier();");
            for (int row = 0; row < tile.ExchangedRows; row++)
            {
                code.Line(string.Join(" ", Enumerable.Range(0, tile.BlockColumns).Select(column =>
                    $"given[{Integer((row * tile.ThreadRows * tile.ExchangePitch) + (column * tile.ThreadColumns))}] = {Sum(first + row, column)};")));
            }

            code.Line("Group.Barrier();");
            for (int row = 0; row < rows; row += step)
            {
                string sum = string.Join(" + ", Enumerable.Range(0, tile.Slices).Select(slice => $"taken[{Integer((slice * tile.ExchangedFloats) + (row * tile.ExchangePitch))}]"));
                code.Line(finish($"firstRow + line{OperandText.Plus((first * tile.ThreadRows) + row)}", "firstColumn + column", sum));
            }
        }
    }

    private static string Sum(int row, int column) => $"sum{row}{column}";
}

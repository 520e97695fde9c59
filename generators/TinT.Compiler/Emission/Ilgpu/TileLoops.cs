using TinT.Compiler.Layout;
using TinT.Compiler.Text;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Writes the loops that softmax attention and linear attention share: over the terms of a tile of scores, and over the rows that its weights add up.</summary>
internal static class TileLoops
{
    /// <summary>Adds weights · lines of a matrix to a block, tile by tile of its rows, of which the next ones are on their way.</summary>
    public static void WriteWeightedSum(CodeWriter code, GroupTile tile, RegisterBlock block, string first, string end, TileOperand matrix, bool termsAlongRows)
    {
        var text = new OperandText(code, matrix, "line", LinesOf(tile), end, whole: false, clears: true);
        code.Line("{");
        code.Indented(() =>
        {
            text.WritePlaces("right", start: 0, "firstColumn");
            text.WriteLoads(first, declares: true);
            code.Block($"for (int firstTerm = {first}; firstTerm < {first} + TileSize && firstTerm < {end}; firstTerm += Depth)", () =>
            {
                code.Line("Group.Barrier();");
                text.WriteStores();
                code.Line("Group.Barrier();\nint next = firstTerm + Depth;");
                code.Block($"if (next < {first} + TileSize && next < {end})", () => text.WriteLoads("next", declares: false));
                code.Line();
                block.MultiplyAdd("weights", $"firstTerm - {first}", termsAlongRows);
            });
        });
        code.Line("}");
    }

    /// <summary>Writes the loop over the terms of a tile of scores: while both operands' lines are multiplied, the next ones are on their way.</summary>
    public static void WriteScores(
        CodeWriter code, GroupTile tile, RegisterBlock block, TileOperand left, string firstLeft, TileOperand right, string firstRight, string terms, bool whole, string start = "0")
    {
        var leftText = new OperandText(code, left, "left", LinesOf(tile), terms, whole, clears: true);
        var rightText = new OperandText(code, right, "right", LinesOf(tile), terms, whole, clears: true);
        code.Line("{");
        code.Indented(() =>
        {
            leftText.WritePlaces("left", start: 0, firstLeft);
            rightText.WritePlaces("right", start: 0, firstRight);
            leftText.WriteLoads(start, declares: true);
            rightText.WriteLoads(start, declares: true);
            code.Block($"for (int firstTerm = {start}; firstTerm < {terms}; firstTerm += Depth)", () =>
            {
                code.Line("Group.Barrier();");
                leftText.WriteStores();
                rightText.WriteStores();
                code.Line("Group.Barrier();\nint next = firstTerm + Depth;");
                code.Block($"if (next < {terms})", () =>
                {
                    leftText.WriteLoads("next", declares: false);
                    rightText.WriteLoads("next", declares: false);
                });
                code.Line();
                block.MultiplyAdd("left", leftTerm: null, termsAlongRows: false);
            });
        });
        code.Line("}");
    }

    private static OperandLines LinesOf(GroupTile tile) => new(tile.Threads, tile.Size, tile.Pitch, tile.Depth);

    /// <summary>Declares the thread's place in its group and the operands' lines in shared memory.</summary>
    public static void WriteThread(CodeWriter code) => code.Line(
        """
        ArrayView<float> left = SharedMemory.Allocate<float>(Depth * Pitch);
        ArrayView<float> right = SharedMemory.Allocate<float>(Depth * Pitch);
        int threadX = Group.IdxX;
        int threadY = Group.IdxY;
        int thread = (threadY * ThreadColumns) + threadX;
        """);
}

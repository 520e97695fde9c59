using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Writes what attention kernels share: scores of a tile of queries and keys, and the running softmax of their rows.</summary>
/// <param name="model">The model.</param>
/// <param name="code">Where to.</param>
/// <param name="tile">Shape of the groups.</param>
internal sealed class AttentionText(CompiledModel model, CodeWriter code, GroupTile tile)
{
    private readonly string headSize = Integer(model.Spec.Auxiliary.HeadSize);

    /// <summary>Scores of the tile, in registers.</summary>
    public RegisterBlock Scores { get; } = new(code, tile, "score");

    /// <summary>Gradients of the weights, in registers.</summary>
    public RegisterBlock Slopes { get; } = new(code, tile, "slope");

    /// <summary>The result's tile, in registers.</summary>
    public RegisterBlock Result { get; } = new(code, tile, "sum");

    /// <summary>Groups for each row of tiles: heads, and parts of a head's columns.</summary>
    public static int GroupsPerTile(CompiledModel model, GroupTile tile) =>
        model.Spec.Auxiliary.HeadCount * ((model.Spec.Auxiliary.HeadSize + tile.Size - 1) / tile.Size);

    /// <summary>The parameters that tell which keys a query sees.</summary>
    public static IlgpuParameter[] Visibility { get; } =
    [
        IlgpuParameter.Floats("mask", "ICL mask, [T, T], 0 where attention is forbidden; not read if masked is 0."),
        IlgpuParameter.Count("masked", "Whether there is an ICL mask: 1 or 0."),
        IlgpuParameter.Count("tokens", "Tokens T."),
    ];

    /// <summary>Declares the group's place and its shared memory.</summary>
    public void WritePlace(bool softmax)
    {
        TileLoops.WriteThread(code);
        code.Line("ArrayView<float> weights = SharedMemory.Allocate<float>(TileSize * Pitch);");
        code.Line("ArrayView<float> largest = SharedMemory.Allocate<float>(TileSize);\nArrayView<float> total = SharedMemory.Allocate<float>(TileSize);");
        if (softmax)
        {
            code.Line(
                """
                ArrayView<float> rescale = SharedMemory.Allocate<float>(TileSize);
                ArrayView<float> parts = SharedMemory.Allocate<float>(Threads);
                ArrayView<float> partSums = SharedMemory.Allocate<float>(Threads);
                int row = thread / RowLanes;
                int lane = thread & (RowLanes - 1);
                """);
        }

        code.Line($"int head = Grid.IdxX % HeadCount;\nint headStart = head * {headSize};\nint headEnd = headStart + {headSize};");
    }

    /// <summary>Columns of the head that the group computes.</summary>
    public void WriteFirstColumn() => code.Line("int firstColumn = headStart + (Grid.IdxX / HeadCount * TileSize);");

    /// <summary>Adds up the products of rows of two matrices over the columns of the head.</summary>
    public void WriteProduct(RegisterBlock block, TileOperand left, string firstLeft, TileOperand right, string firstRight)
    {
        block.Clear();
        TileLoops.WriteScores(code, tile, block, left, firstLeft, right, firstRight, "headEnd", OperandLines.AreFilledBy(headSize, tile.Depth), "headStart");
    }

    /// <summary>Scores to shared memory, the smallest float where a query does not see a key.</summary>
    public void WriteMaskedScores(string rowsEnd) => Scores.ForEach((row, column, score) =>
        $"weights[(({row}) * Pitch) + {column}] = Sees(mask, masked, tokens, firstQuery + {row}, firstKey + {column}, {rowsEnd}) ? {score} * AttentionScale : float.MinValue;");

    /// <summary>exp(score − largest) / total of the query's row, or 0 where a query does not see a key.</summary>
    public static string Weight(string row, string column, string score) =>
        $"Weight(mask, masked, tokens, firstQuery + {row}, firstKey + {column}, lastRow, {score}, largest[{row}], total[{row}])";

    /// <summary>Turns the tile's rows to exp(score − largest so far), and brings the rows' sums and factors up to date.</summary>
    public void WriteRunningSoftmax() => code.Line(
        """
        Group.Barrier();
        float newLargest = largest[row];
        for (int column = lane; column < TileSize; column += RowLanes)
            newLargest = XMath.Max(newLargest, weights[(row * Pitch) + column]);
        parts[thread] = newLargest;
        Group.Barrier();
        for (int other = 0; other < RowLanes; other++)
            newLargest = XMath.Max(newLargest, parts[(row * RowLanes) + other]);
        float partSum = 0f;
        for (int column = lane; column < TileSize; column += RowLanes)
        {
            float score = weights[(row * Pitch) + column];
            float weight = score > float.MinValue ? XMath.Exp(score - newLargest) : 0f;
            weights[(row * Pitch) + column] = weight;
            partSum += weight;
        }

        partSums[thread] = partSum;
        Group.Barrier();
        if (lane == 0)
        {
            float factor = XMath.Exp(largest[row] - newLargest);
            float sum = total[row] * factor;
            for (int other = 0; other < RowLanes; other++)
                sum += partSums[(row * RowLanes) + other];
            total[row] = sum;
            rescale[row] = factor;
            largest[row] = newLargest;
        }

        Group.Barrier();
        """);

    /// <summary>Adds weights · lines of a matrix, tile by tile of its rows.</summary>
    /// <param name="first">First row of the matrix that the tile of weights belongs to.</param>
    /// <param name="end">End of its rows.</param>
    /// <param name="matrix">The matrix.</param>
    /// <param name="termsAlongRows">Whether the rows of the matrix are the columns of the tile of weights; otherwise they are its rows.</param>
    public void WriteWeightedSum(string first, string end, TileOperand matrix, bool termsAlongRows) =>
        TileLoops.WriteWeightedSum(code, tile, Result, first, end, matrix, termsAlongRows);

    /// <summary>A buffer as an operand whose rows are multiplied.</summary>
    public TileOperand Rows(string name, Operand operand, string bound) => new(name, bound, IlgpuProducts.Stride(model, operand), FromRows: true);

    /// <summary>The head's columns of a buffer as an operand whose rows are added up.</summary>
    public TileOperand Lines(string name, Operand operand) => new(name, "headEnd", IlgpuProducts.Stride(model, operand), FromRows: false);

    /// <summary>Methods that attention kernels call.</summary>
    public static void WriteMethods(CodeWriter code) => code.Line(
        """
        /// <summary>Whether a query sees a key.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool Sees(ArrayView1D<float, Stride1D.Dense> mask, int masked, int tokens, int query, int key, int end)
        {
            if (query >= end || key > query)
                return false;
            return masked == 0 || mask[(query * tokens) + key] != 0f;
        }

        /// <summary>The attention weight of a query and a key, from the largest score of the query's row and the inverse of its sum.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float Weight(
            ArrayView1D<float, Stride1D.Dense> mask, int masked, int tokens, int query, int key, int end, float score, float largest, float inverse) =>
            Sees(mask, masked, tokens, query, key, end) ? XMath.Exp((score * AttentionScale) - largest) * inverse : 0f;
        """);
}

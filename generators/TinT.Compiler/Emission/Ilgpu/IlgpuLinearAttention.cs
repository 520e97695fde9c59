using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>The dual form of the descent: attention without softmax to the training tokens of an earlier step, in tiles of scores in shared memory.</summary>
internal static class IlgpuLinearAttention
{
    /// <summary>y −= lr Σ_s (⟨x, key_s⟩ + c) value_s.</summary>
    public static IlgpuKernel Attend(CompiledModel model, Kernel kernel)
    {
        Operand queries = kernel.Inputs[0];
        Operand keys = kernel.Inputs[1];
        Operand values = kernel.Inputs[2];
        Operand result = kernel.Outputs[0];
        bool backward = kernel.Transposed;
        int copies = kernel.BiasShare.Numerator;
        string rows = backward ? "R" : "T";
        string formula = backward ? "∂x_t −= lr Σ_s ⟨∂y_t, ∂y_s⟩ x_s" : $"y_t −= lr Σ_s (⟨x_t, x_s⟩ + {Integer(copies)}) ∂y_s";
        string bias = backward ? string.Empty : $" The {Integer(copies)} stands for the bias" + (copies == 1 ? "." : $", which is spread over {Integer(copies)} blocks.");
        string score = backward ? "{0}" : $"({{0}} + {Integer(copies)}f)";
        return new IlgpuKernel(
            KernelNames.Of(kernel),
            formula,
            "LinearDescent as the attention without softmax that it is, from the tokens to the training tokens of an earlier step."
                + $"{bias} A group computes {Integer(GroupTiles.LinearAttentionTiles)} tiles side by side from the same scores.",
            kernel.Origin,
            [
                IlgpuParameter.Floats("queries", $"{queries.Buffer}, [{rows}, {Integer(queries.Columns)}]."),
                IlgpuParameter.Floats("keys", $"{keys.Buffer} of the earlier step, [R, {Integer(keys.Columns)}]."),
                IlgpuParameter.Floats("values", $"{values.Buffer} of the earlier step, [R, {Integer(values.Columns)}]."),
                IlgpuParameter.Floats("result", $"{result.Buffer}, [{rows}, {Integer(result.Columns)}]."),
                IlgpuParameter.Number("learningRate", "Inner learning rate."),
                IlgpuParameter.Count("rows", "Rows of the result."),
                IlgpuParameter.Count("trainingRows", "Rows R of the earlier step."),
            ],
            (code, tile) => Write(
                code,
                tile,
                score,
                new TileOperand("queries", "rows", IlgpuProducts.Stride(model, queries), FromRows: true),
                new TileOperand("keys", "trainingRows", IlgpuProducts.Stride(model, keys), FromRows: true),
                Integer(keys.Columns),
                new TileOperand("values", Integer(result.Columns), IlgpuProducts.Stride(model, values), FromRows: false),
                Integer(result.Columns),
                IlgpuProducts.Stride(model, result)));
    }

    private static void Write(
        CodeWriter code, GroupTile tile, string score, TileOperand queries, TileOperand keys, string terms, TileOperand values, string columns, string stride)
    {
        var scores = new RegisterBlock(code, tile, "score");
        var sums = new RegisterBlock(code, tile, "sum");
        TileLoops.WriteThread(code);
        string across = Integer(GroupTiles.LinearAttentionTiles);
        code.Line(
            $"""
            ArrayView<float> weights = SharedMemory.Allocate<float>(TileSize * Pitch);
            int firstRow = Grid.IdxY * TileSize;
            int firstPart = Grid.IdxX * {across} * TileSize;
            """);
        scores.Declare();
        sums.Declare();
        code.Block("for (int firstKey = 0; firstKey < trainingRows; firstKey += TileSize)", () =>
        {
            scores.Clear();
            TileLoops.WriteScores(code, tile, scores, queries, "firstRow", keys, "firstKey", terms, OperandLines.AreFilledBy(terms, tile.Depth));
            scores.ForEach((row, column, sum) =>
                $"weights[(({row}) * Pitch) + {column}] = learningRate * {string.Format(System.Globalization.CultureInfo.InvariantCulture, score, sum)};");
            code.Block($"for (int firstColumn = firstPart; firstColumn < firstPart + ({across} * TileSize) && firstColumn < {columns}; firstColumn += TileSize)", () =>
            {
                sums.Clear();
                TileLoops.WriteWeightedSum(code, tile, sums, "firstKey", "trainingRows", values, termsAlongRows: true);
                code.Line();
                sums.ForEach((row, column, sum) => $"Subtract(result, firstRow + {row}, rows, firstColumn + {column}, {columns}, {stride}, {sum});");
            });
        });
    }

    /// <summary>A method that the kernels call.</summary>
    public static void WriteMethods(CodeWriter code) => code.Line(
        """
        /// <summary>Subtracts from an element of a matrix unless it lies outside.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Subtract(ArrayView1D<float, Stride1D.Dense> y, int row, int rows, int column, int columns, int stride, float value)
        {
            if (row < rows && column < columns)
                y[(row * stride) + column] -= value;
        }
        """);
}

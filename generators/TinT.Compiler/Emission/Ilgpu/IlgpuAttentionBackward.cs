using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>
/// Backward of the auxiliary model's own attention. A first kernel finds each row's largest score and sum again; the others
/// recompute the weights from them, tile by tile, and apply them to the gradient.
/// </summary>
internal static class IlgpuAttentionBackward
{
    /// <summary>Name of the kernel that finds the rows' statistics.</summary>
    public const string Statistics = "AttentionStatistics";

    private const string ClearUntrained = " Rows that are not trained are cleared.";

    private static readonly IlgpuParameter[] Range =
    [
        IlgpuParameter.Count("firstRow", "First row of the training part."),
        IlgpuParameter.Count("rows", "Rows R of the training part."),
    ];

    private static readonly IlgpuParameter Trained = IlgpuParameter.Floats("trained", "1 where a row is trained, else 0, [R].");

    /// <summary>Floats of a row's statistics: its largest score, the inverse of its sum, and Σ A ∘ ∂A for exact gradients.</summary>
    public static int StatisticsPerRow(Kernel kernel) => IsExact(kernel) ? 3 : 2;

    /// <summary>Floats of attention statistics for each token; 0 if no gradient goes through attention.</summary>
    public static int StatisticsColumns(CompiledModel model) => model.Program.Kernels
        .Where(kernel => kernel.Kind == KernelKind.AttentionBackward)
        .Select(kernel => model.Spec.Auxiliary.HeadCount * StatisticsPerRow(kernel))
        .DefaultIfEmpty(0)
        .Max();

    /// <summary>All kernels of a backward.</summary>
    public static IEnumerable<IlgpuKernel> All(CompiledModel model, Kernel kernel)
    {
        yield return RowStatistics(model, kernel);
        yield return OfKeys(model, kernel, "AttentionToValues", "∂v = Aᵀ ∂c", "contextGradient", kernel.Inputs[0], "valueGradient", kernel.Outputs[0], slopes: false);
        if (!IsExact(kernel))
            yield break;
        yield return OfQueries(model, kernel);
        yield return OfKeys(model, kernel, "AttentionToKeys", "∂k = ∂Sᵀ q / sqrt(d)", "query", kernel.Inputs[1], "keyGradient", kernel.Outputs[2], slopes: true);
    }

    /// <summary>Whether the gradient goes through the scores as well.</summary>
    public static bool IsExact(Kernel kernel) => kernel.Outputs.Count > 1;

    private static IlgpuKernel RowStatistics(CompiledModel model, Kernel kernel)
    {
        bool exact = IsExact(kernel);
        return new IlgpuKernel(
            Statistics,
            $"{IlgpuAttention.Scores(model)}: the largest score and 1 / Σ exp(score − largest) of each row" + (exact ? ", and Σ_j A ∘ ∂A" : string.Empty),
            "AttentionBackward: scores recomputed from the tokens' memory.",
            kernel.Origin,
            [.. Operands(kernel), IlgpuParameter.Floats("statistics", $"[heads, R, {StatisticsPerRow(kernel)}]."), .. AttentionText.Visibility, .. Range],
            (code, tile) =>
            {
                var text = new AttentionText(model, code, tile);
                text.WritePlace(softmax: true);
                code.Line("int lastRow = firstRow + rows;\nint firstQuery = firstRow + ((((rows - 1) / TileSize) - Grid.IdxY) * TileSize);");
                text.Scores.Declare();
                IlgpuAttention.WriteStart(code);
                code.Block("for (int firstKey = 0; firstKey < lastRow && firstKey < firstQuery + TileSize; firstKey += TileSize)", () =>
                {
                    WriteScores(text, kernel);
                    text.WriteMaskedScores("lastRow");
                    text.WriteRunningSoftmax();
                });
                code.Line();
                string place = $"((head * rows) + firstQuery - firstRow + row) * {StatisticsPerRow(kernel)}";
                code.Block("if (lane == 0 && firstQuery + row < lastRow)", () =>
                    code.Line($"statistics[{place}] = largest[row];\nstatistics[({place}) + 1] = 1f / total[row];"));
                if (exact)
                    WriteSlopeSums(code, tile, text, kernel, place);
            });
    }

    /// <summary>Σ_j A ∘ ∂A of each row, with the statistics just found.</summary>
    private static void WriteSlopeSums(CodeWriter code, Layout.GroupTile tile, AttentionText text, Kernel kernel, string place)
    {
        code.Line("\nGroup.Barrier();\nif (lane == 0)\n    total[row] = 1f / total[row];");
        text.Slopes.Declare();
        code.Line("float " + string.Join(", ", Enumerable.Range(0, tile.BlockRows).Select(row => $"slopeSum{row} = 0f")) + ";");
        code.Block("for (int firstKey = 0; firstKey < lastRow && firstKey < firstQuery + TileSize; firstKey += TileSize)", () =>
        {
            WriteScores(text, kernel);
            WriteSlopes(text, kernel);
            text.Scores.ForEachPair(text.Slopes, (row, column, number, score, slope) => $"slopeSum{number} += {AttentionText.Weight(row, column, score)} * {slope};");
        });
        code.Line("\nGroup.Barrier();");
        for (int row = 0; row < tile.BlockRows; row++)
            code.Line($"weights[((threadY + {Integer(row * tile.ThreadRows)}) * Pitch) + threadX] = slopeSum{row};");
        code.Line("Group.Barrier();");
        code.Block("if (lane == 0 && firstQuery + row < lastRow)", () => code.Line(
            $$"""
            float slopeSum = 0f;
            for (int part = 0; part < ThreadColumns; part++)
                slopeSum += weights[(row * Pitch) + part];
            statistics[({{place}}) + 2] = slopeSum;
            """));
    }

    /// <summary>Gradients at keys or values: one group for each tile of keys, over the tiles of queries behind it.</summary>
    private static IlgpuKernel OfKeys(
        CompiledModel model, Kernel kernel, string name, string formula, string factor, Operand factorOperand, string result, Operand resultOperand, bool slopes) =>
        new(
            name,
            $"{IlgpuAttention.Scores(model)}; {formula}" + (slopes ? $", ∂S = A ∘ (∂A − Σ_j A ∘ ∂A), d = {model.Spec.Auxiliary.HeadSize}" : string.Empty),
            "AttentionBackward: one group for each tile of keys and head." + ClearUntrained,
            kernel.Origin,
            [
                .. Operands(kernel),
                IlgpuParameter.Floats("statistics", $"[heads, R, {StatisticsPerRow(kernel)}]."),
                Trained,
                IlgpuParameter.Floats(result, $"{resultOperand.Buffer}, [R, {resultOperand.Columns}]."),
                .. AttentionText.Visibility,
                .. Range,
            ],
            (code, tile) =>
            {
                var text = new AttentionText(model, code, tile);
                text.WritePlace(softmax: false);
                if (slopes)
                    code.Line("ArrayView<float> slopeSums = SharedMemory.Allocate<float>(TileSize);");
                text.WriteFirstColumn();
                code.Line("int lastRow = firstRow + rows;\nint firstKey = firstRow + (Grid.IdxY * TileSize);");
                text.Scores.Declare();
                if (slopes)
                    text.Slopes.Declare();
                text.Result.Declare();
                code.Block("for (int firstQuery = firstKey; firstQuery < lastRow; firstQuery += TileSize)", () =>
                {
                    WriteLoadStatistics(code, kernel, slopes);
                    WriteWeights(text, kernel, slopes);
                    (string first, string end) = factor == "query" ? ("firstQuery", "lastRow") : ("(firstQuery - firstRow)", "rows");
                    text.WriteWeightedSum(first, end, text.Lines(factor, factorOperand), termsAlongRows: false);
                });
                code.Line();
                text.Result.ForEach((row, column, sum) =>
                    $"StoreTrained({result}, trained, firstKey - firstRow + {row}, rows, firstColumn + {column}, headEnd, {IlgpuProducts.Stride(model, resultOperand)}, {sum});");
            });

    /// <summary>Gradients at queries: one group for each tile of queries, over the tiles of keys before it.</summary>
    private static IlgpuKernel OfQueries(CompiledModel model, Kernel kernel) => new(
        "AttentionToQueries",
        $"{IlgpuAttention.Scores(model)}; ∂A = ∂c vᵀ, ∂S = A ∘ (∂A − Σ_j A ∘ ∂A), ∂q = ∂S k / sqrt({model.Spec.Auxiliary.HeadSize})",
        "AttentionBackward: one group for each tile of queries and head.",
        kernel.Origin,
        [
            .. Operands(kernel),
            IlgpuParameter.Floats("statistics", $"[heads, R, {StatisticsPerRow(kernel)}]."),
            IlgpuParameter.Floats("queryGradient", $"{kernel.Outputs[1].Buffer}, [R, {kernel.Outputs[1].Columns}]."),
            .. AttentionText.Visibility,
            .. Range,
        ],
        (code, tile) =>
        {
            var text = new AttentionText(model, code, tile);
            text.WritePlace(softmax: false);
            code.Line("ArrayView<float> slopeSums = SharedMemory.Allocate<float>(TileSize);");
            text.WriteFirstColumn();
            code.Line("int lastRow = firstRow + rows;\nint firstQuery = firstRow + ((((rows - 1) / TileSize) - Grid.IdxY) * TileSize);");
            text.Scores.Declare();
            text.Slopes.Declare();
            text.Result.Declare();
            WriteLoadStatistics(code, kernel, slopes: true);
            code.Block("for (int firstKey = 0; firstKey < lastRow && firstKey < firstQuery + TileSize; firstKey += TileSize)", () =>
            {
                WriteWeights(text, kernel, slopes: true);
                text.WriteWeightedSum("firstKey", "lastRow", text.Lines("key", kernel.Inputs[2]), termsAlongRows: true);
            });
            code.Line();
            text.Result.ForEach((row, column, sum) =>
                $"Store(queryGradient, firstQuery - firstRow + {row}, rows, firstColumn + {column}, headEnd, {IlgpuProducts.Stride(model, kernel.Outputs[1])}, {sum});");
        });

    /// <summary>A method that the kernels of keys call.</summary>
    public static void WriteMethods(CodeWriter code) => code.Line(
        """
        /// <summary>Stores an element of a gradient unless it lies outside; 0 in rows that are not trained.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void StoreTrained(
            ArrayView1D<float, Stride1D.Dense> y, ArrayView1D<float, Stride1D.Dense> trained, int row, int rows, int column, int columns, int stride, float value)
        {
            if (row < rows && column < columns)
                y[(row * stride) + column] = trained[row] != 0f ? value : 0f;
        }
        """);

    private static IEnumerable<IlgpuParameter> Operands(Kernel kernel)
    {
        yield return IlgpuParameter.Floats("query", $"query, [T, {kernel.Inputs[1].Columns}].");
        yield return IlgpuParameter.Floats("key", $"key, [T, {kernel.Inputs[2].Columns}].");
        if (IsExact(kernel))
            yield return IlgpuParameter.Floats("value", $"value, [T, {kernel.Inputs[3].Columns}].");
        yield return IlgpuParameter.Floats("contextGradient", $"context_gradient, [R, {kernel.Inputs[0].Columns}].");
    }

    private static void WriteScores(AttentionText text, Kernel kernel) =>
        text.WriteProduct(text.Scores, text.Rows("query", kernel.Inputs[1], "lastRow"), "firstQuery", text.Rows("key", kernel.Inputs[2], "lastRow"), "firstKey");

    private static void WriteSlopes(AttentionText text, Kernel kernel) => text.WriteProduct(
        text.Slopes, text.Rows("contextGradient", kernel.Inputs[0], "rows"), "firstQuery - firstRow", text.Rows("value", kernel.Inputs[3], "lastRow"), "firstKey");

    /// <summary>Weights A, or gradients of scores before scaling, to shared memory.</summary>
    private static void WriteWeights(AttentionText text, Kernel kernel, bool slopes)
    {
        WriteScores(text, kernel);
        if (slopes)
        {
            WriteSlopes(text, kernel);
            text.Scores.ForEachPair(text.Slopes, (row, column, _, score, slope) =>
                $"weights[(({row}) * Pitch) + {column}] = {AttentionText.Weight(row, column, score)} * ({slope} - slopeSums[{row}]) * AttentionScale;");
        }
        else
        {
            text.Scores.ForEach((row, column, score) => $"weights[(({row}) * Pitch) + {column}] = {AttentionText.Weight(row, column, score)};");
        }
    }

    /// <summary>The statistics of the tile's queries to shared memory; the product that follows begins with a barrier.</summary>
    private static void WriteLoadStatistics(CodeWriter code, Kernel kernel, bool slopes)
    {
        string place = $"((head * rows) + firstQuery - firstRow + thread) * {StatisticsPerRow(kernel)}";
        code.Block("if (thread < TileSize)", () => code.Line(
            $$"""
            bool inside = firstQuery + thread < lastRow;
            int place = {{place}};
            largest[thread] = inside ? statistics[place] : 0f;
            total[thread] = inside ? statistics[place + 1] : 0f;
            """ + (slopes ? "\nslopeSums[thread] = inside ? statistics[place + 2] : 0f;" : string.Empty)));
    }
}

using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>The auxiliary model's own attention: tiles of scores, a running softmax, and no T × T matrix in global memory.</summary>
internal static class IlgpuAttention
{
    /// <summary>c = A v.</summary>
    public static IlgpuKernel Forward(CompiledModel model, Kernel kernel)
    {
        Operand query = kernel.Inputs[0];
        Operand key = kernel.Inputs[1];
        Operand value = kernel.Inputs[2];
        Operand context = kernel.Outputs[0];
        return new IlgpuKernel(
            KernelNames.Of(kernel),
            $"{Scores(model)}; c = A v",
            "AttentionForward. One group for each tile of queries and head: a running softmax over tiles of keys.",
            kernel.Origin,
            [
                IlgpuParameter.Floats("query", $"query, [T, {query.Columns}]."),
                IlgpuParameter.Floats("key", $"key, [T, {key.Columns}]."),
                IlgpuParameter.Floats("value", $"value, [T, {value.Columns}]."),
                IlgpuParameter.Floats("context", $"context, [T, {context.Columns}]."),
                .. AttentionText.Visibility,
            ],
            (code, tile) =>
            {
                var text = new AttentionText(model, code, tile);
                text.WritePlace(softmax: true);
                text.WriteFirstColumn();
                code.Line("// The last queries, which see the most keys, come first.\nint firstQuery = (((tokens - 1) / TileSize) - Grid.IdxY) * TileSize;");
                text.Scores.Declare();
                text.Result.Declare();
                WriteStart(code);
                code.Block("for (int firstKey = 0; firstKey < tokens && firstKey < firstQuery + TileSize; firstKey += TileSize)", () =>
                {
                    text.WriteProduct(text.Scores, text.Rows("query", query, "tokens"), "firstQuery", text.Rows("key", key, "tokens"), "firstKey");
                    text.WriteMaskedScores("tokens");
                    text.WriteRunningSoftmax();
                    text.Result.Scale(row => $"rescale[{row}]");
                    text.WriteWeightedSum("firstKey", "tokens", text.Lines("value", value), termsAlongRows: true);
                });
                code.Line();
                text.Result.ForEach((row, column, sum) =>
                    $"Store(context, firstQuery + {row}, tokens, firstColumn + {column}, headEnd, {IlgpuProducts.Stride(model, context)}, {sum} / total[{row}]);");
            });
    }

    /// <summary>Sets the rows' largest scores and sums to those of no keys.</summary>
    public static void WriteStart(CodeWriter code) => code.Block("if (lane == 0)", () => code.Line("largest[row] = float.MinValue;\ntotal[row] = 0f;"));

    /// <summary>The formula of the weights.</summary>
    public static string Scores(CompiledModel model) =>
        $"A = softmax over j ≤ i of q kᵀ / sqrt({model.Spec.Auxiliary.HeadSize}), for each of {model.Spec.Auxiliary.HeadCount} heads";
}

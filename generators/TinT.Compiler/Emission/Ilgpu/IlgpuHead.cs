using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>The head in blocks of rows: logits, what the losses need, and the loss gradient.</summary>
internal static class IlgpuHead
{
    /// <summary>Floats that a row's loss is computed from: the largest logit, Σ exp(logit − largest) and the target's logit.</summary>
    public const int LossColumns = 3;

    /// <summary>Parts of the vocabulary whose contributions to the loss gradient are computed side by side; 1 if there is no product for it.</summary>
    public static int Parts(CompiledModel model) =>
        model.Spec.Training.Loss.Value == LossFunction.MeanEmbedding ? 1 : GroupTiles.HeadParts(model.Spec.Auxiliary.VocabularySize);

    /// <summary>All kernels of the head.</summary>
    public static IEnumerable<IlgpuKernel> All(CompiledModel model, Kernel kernel)
    {
        bool mean = model.Spec.Training.Loss.Value == LossFunction.MeanEmbedding;
        yield return Logits(model, kernel);
        yield return LossRows(model, kernel);
        if (mean)
            yield return IlgpuRows.MeanEmbedding(model, kernel);
        else
            yield return Gradient(model, kernel);
        yield return IlgpuElements.Targets(model, kernel, mean);
    }

    private static IlgpuKernel Logits(CompiledModel model, Kernel kernel)
    {
        int width = model.Spec.Auxiliary.HiddenSize;
        int vocabulary = model.Spec.Auxiliary.VocabularySize;
        return Product(
            "HeadLogits",
            "logits = o Eᵀ",
            kernel,
            [
                IlgpuParameter.Floats("headInput", $"o, [rows, {width}]."),
                IlgpuParameter.Floats("embedding", $"Token embedding E, tied to the head, [{vocabulary}, {width}]."),
                IlgpuParameter.Floats("logits", $"[rows, {vocabulary}]."),
                IlgpuParameter.Count("rows", "Rows of the block."),
            ],
            new TileOperand("headInput", "rows", IlgpuProducts.Stride(model, kernel.Inputs[0]), FromRows: true),
            new TileOperand("embedding", Integer(vocabulary), Integer(width), FromRows: true),
            Integer(width),
            Integer(vocabulary),
            Integer(vocabulary));
    }

    private static IlgpuKernel Gradient(CompiledModel model, Kernel kernel)
    {
        int parts = Parts(model);
        int width = model.Spec.Auxiliary.HiddenSize;
        int vocabulary = model.Spec.Auxiliary.VocabularySize;
        return Product(
            "HeadGradient",
            parts == 1 ? "r_t = coefficients_t E" : $"coefficients_t E, part by part of {GroupTiles.HeadPart} tokens",
            kernel,
            [
                IlgpuParameter.Floats("coefficients", $"Of the block's trained rows, [rows, {vocabulary}]."),
                IlgpuParameter.Floats("embedding", $"Token embedding E, [{vocabulary}, {width}]."),
                IlgpuParameter.Floats("gradient", parts == 1 ? $"r of these rows, [rows, {width}]." : $"Sums over each part of the vocabulary, [{parts}, rows, {width}]."),
                IlgpuParameter.Count("rows", "Trained rows of the block."),
            ],
            new TileOperand("coefficients", "rows", Integer(vocabulary), FromRows: true),
            new TileOperand("embedding", Integer(width), Integer(width), FromRows: false),
            Integer(vocabulary),
            Integer(width),
            IlgpuProducts.Stride(model, kernel.Outputs[0]),
            parts > 1 ? GroupTiles.HeadPart : null);
    }

    private static IlgpuKernel Product(
        string name,
        string formula,
        Kernel kernel,
        IlgpuParameter[] parameters,
        TileOperand left,
        TileOperand right,
        string terms,
        string columns,
        string stride,
        int? part = null) =>
        new(name, formula, "Loss gradient of the construction, for a block of rows.", kernel.Origin, parameters, (code, tile) =>
            new ProductText(code, tile.Product, left, right, terms, part).Write((row, column, sum) =>
                $"{(part is null ? "Store" : "StorePart")}({parameters[2].Name}, {(part is null ? string.Empty : "part, ")}{row}, rows, {column}, {columns}, {stride}, {sum});"))
        {
            Product = new PlainProduct(left, right, stride, columns, terms),
        };

    private static IlgpuKernel LossRows(CompiledModel model, Kernel kernel)
    {
        string vocabulary = Integer(model.Spec.Auxiliary.VocabularySize);
        string? coefficient = model.Spec.Training.Loss.Value switch
        {
            LossFunction.Softmax => "weight == 0f ? 0f : weight * XMath.Exp(logits[first + column] - largest) / sum",
            LossFunction.Quadratic => "weight * logits[first + column]",
            _ => null,
        };
        return new IlgpuKernel(
            "LossRows",
            "loss_t = log Σ exp(logits_t − largest) − (logits_t[target_t] − largest)" + (coefficient is null ? string.Empty : ", and the coefficients of E in the logits' place"),
            "One group for each row. The host takes the logarithm.",
            kernel.Origin,
            [
                IlgpuParameter.Floats("logits", $"Logits of the block, [rows, {vocabulary}]."),
                IlgpuParameter.Integers("targets", "Token that each row predicts, [rows]."),
                IlgpuParameter.Floats("weights", "Factor m_t of each row's gradient, [rows]."),
                IlgpuParameter.Floats("losses", "Largest logit, Σ exp(logit − largest) and the target's logit, [rows, 3]."),
                IlgpuParameter.Count("descends", "Whether the gradient is wanted: 1 or 0."),
            ],
            (code, _) =>
            {
                code.Line(
                    $$"""
                    ArrayView<float> shared = SharedMemory.Allocate<float>(Threads);
                    int thread = Group.IdxX;
                    int row = Grid.IdxX;
                    int first = row * {{vocabulary}};
                    float threadLargest = float.MinValue;
                    for (int column = thread; column < {{vocabulary}}; column += Threads)
                        threadLargest = XMath.Max(threadLargest, logits[first + column]);
                    float largest = Largest(shared, thread, threadLargest);
                    float threadSum = 0f;
                    for (int column = thread; column < {{vocabulary}}; column += Threads)
                        threadSum += XMath.Exp(logits[first + column] - largest);
                    float sum = Sum(shared, thread, threadSum);
                    if (thread == 0)
                    {
                        losses[row * {{LossColumns}}] = largest;
                        losses[(row * {{LossColumns}}) + 1] = sum;
                        losses[(row * {{LossColumns}}) + 2] = logits[first + targets[row]];
                    }
                    """);
                if (coefficient is not null)
                {
                    code.Line(
                        $$"""

                        Group.Barrier();
                        if (descends != 0)
                        {
                            float weight = weights[row];
                            for (int column = thread; column < {{vocabulary}}; column += Threads)
                                logits[first + column] = {{coefficient}};
                        }
                        """);
                }
            });
    }
}

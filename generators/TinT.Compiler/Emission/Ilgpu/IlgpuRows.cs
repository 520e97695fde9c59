using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Kernels that reduce rows or columns: layer norms and their differences, and sums of columns.</summary>
internal static class IlgpuRows
{
    /// <summary>Rows that a thread asks for at once when it adds up a column.</summary>
    private const int RowsAtOnce = 8;

    private const string Place =
        """
        ArrayView<float> shared = SharedMemory.Allocate<float>(Threads);
        int thread = Group.IdxX;
        int row = Grid.IdxX;
        """;

    /// <summary>x̂ and 1/σ, and y = x̂ ∘ gain + β if the gain is diagonal.</summary>
    public static IlgpuKernel Normalize(CompiledModel model, Kernel kernel)
    {
        bool affine = kernel.Kind == KernelKind.LayerNorm;
        int width = model.Spec.Auxiliary.HiddenSize;
        List<IlgpuParameter> parameters =
        [
            IlgpuParameter.Floats("x", $"[T, {width}]."),
            IlgpuParameter.Floats("normalized", $"x̂, [T, {width}]."),
            IlgpuParameter.Floats("inverseDeviation", "r, [T]."),
        ];
        if (affine)
            parameters.AddRange([IlgpuParameter.Floats("gain", $"[{width}]."), IlgpuParameter.Floats("bias", $"β, [{width}]."), IlgpuParameter.Floats("y", $"[T, {width}].")]);
        string store = affine
            ? "{\n    float value = (x[first + column] - mean) * inverse;\n    normalized[first + column] = value;\n    y[first + column] = (value * gain[column]) + bias[column];\n}"
            : "    normalized[first + column] = (x[first + column] - mean) * inverse;";
        return new IlgpuKernel(
            KernelNames.Of(kernel),
            "r = 1 / sqrt(ε + variance x), x̂ = (x − mean x) r" + (affine ? ", y = x̂ ∘ gain + β" : string.Empty),
            affine ? "LayerNormForward: the product with diag(gain), folded to one with its diagonal. One group for each row." : "First half of LayerNormForward. One group for each row.",
            kernel.Origin,
            parameters,
            (code, _) => code.Line(
                $$"""
                {{Place}}
                int first = row * {{Integer(width)}};
                float sum = 0f;
                for (int column = thread; column < {{Integer(width)}}; column += Threads)
                    sum += x[first + column];
                float mean = Sum(shared, thread, sum) / {{Integer(width)}}f;
                float squares = 0f;
                for (int column = thread; column < {{Integer(width)}}; column += Threads)
                {
                    float deviation = x[first + column] - mean;
                    squares += deviation * deviation;
                }

                float variance = Sum(shared, thread, squares) / {{Integer(width)}}f;
                float inverse = 1f / XMath.Sqrt(variance + Epsilon);
                if (thread == 0)
                    inverseDeviation[row] = inverse;
                for (int column = thread; column < {{Integer(width)}}; column += Threads)
                {{store}}
                """));
    }

    /// <summary>The Taylor difference of a layer norm.</summary>
    public static IlgpuKernel NormBackward(CompiledModel model, Kernel kernel)
    {
        int width = model.Spec.Auxiliary.HiddenSize;
        bool diagonal = kernel.Parameters.Count > 0;
        bool adds = kernel.Residual is not null;
        List<IlgpuParameter> parameters =
        [
            IlgpuParameter.Floats("gradient", $"{(diagonal ? "∂y" : "∂x̂")}, [R, {width}]."),
            IlgpuParameter.Floats("normalized", $"x̂ at the same rows, [R, {width}]."),
            IlgpuParameter.Floats("inverseDeviation", "r at the same rows, [R]."),
        ];
        if (diagonal)
            parameters.Add(IlgpuParameter.Floats("gain", $"[{width}]."));
        if (adds)
            parameters.Add(IlgpuParameter.Floats("residual", $"Gradient of the residual stream, [R, {width}]; may be ∂x."));
        parameters.Add(IlgpuParameter.Floats("inputGradient", $"∂x, [R, {width}]."));
        string slope = diagonal ? "gradient[first + column] * gain[column]" : "gradient[first + column]";
        string residual = adds ? " + residual[first + column]" : string.Empty;
        return new IlgpuKernel(
            KernelNames.Of(kernel),
            $"∂x = {(adds ? "residual + " : string.Empty)}N (LN₀(x + {(diagonal ? "∂y ∘ gain" : "∂x̂")} / N) − x̂)",
            "LayerNormBackward: the first-order Taylor difference, evaluated without cancellation from x̂ and r. One group for each row.",
            kernel.Origin,
            parameters,
            (code, _) => code.Line(
                $$"""
                {{Place}}
                int first = row * {{Integer(width)}};
                float sum = 0f;
                for (int column = thread; column < {{Integer(width)}}; column += Threads)
                    sum += {{slope}};
                float mean = Sum(shared, thread, sum) / {{Integer(width)}}f;
                float products = 0f;
                float squares = 0f;
                for (int column = thread; column < {{Integer(width)}}; column += Threads)
                {
                    float deviation = ({{slope}}) - mean;
                    products += normalized[first + column] * deviation;
                    squares += deviation * deviation;
                }

                float product = Sum(shared, thread, products);
                float square = Sum(shared, thread, squares);

                // With y = (γ − mean γ) r / N the variance grows by the factor 1 + e; scaledE = N e.
                float inverse = inverseDeviation[row];
                float scaledE = ((2f * inverse * product) + (inverse * inverse * square / TaylorScale)) / {{Integer(width)}}f;
                float root = XMath.Sqrt(XMath.Max(1e-12f, 1f + (scaledE / TaylorScale)));
                float scale = inverse / root;
                float shrink = scaledE / ((1f + root) * root);
                for (int column = thread; column < {{Integer(width)}}; column += Threads)
                    inputGradient[first + column] = ((({{slope}}) - mean) * scale) - (normalized[first + column] * shrink){{residual}};
                """));
    }

    /// <summary>b′ = b − scale · Σ_t ∂y_t.</summary>
    public static IlgpuKernel BiasDescent(CompiledModel model, Kernel kernel)
    {
        Operand gradient = kernel.Inputs[0];
        int copies = kernel.BiasShare.Numerator;
        string factor = copies == 1 ? "learningRate" : $"{copies} * learningRate";
        return ColumnSum(
            KernelNames.Of(kernel),
            $"b′ = b − {(copies == 1 ? "lr" : $"{copies} lr")} Σ_t ∂y_t",
            "LinearDescent." + (copies == 1 ? string.Empty : $" The bias is spread over {copies} blocks, each of which moves its copy by lr."),
            kernel,
            [
                IlgpuParameter.Floats("gradient", $"{gradient.Buffer}, [R, {gradient.Columns}]."),
                IlgpuParameter.Floats("bias", $"{Layout.PlanParameters.BiasName(kernel)} before this step, [{gradient.Columns}]."),
                IlgpuParameter.Floats("updated", "The same after it; may be bias."),
                IlgpuParameter.Number("learningRate", "Inner learning rate."),
                IlgpuParameter.Count("rows", "Rows R of the gradient."),
            ],
            row => $"gradient[({row} * {IlgpuProducts.Stride(model, gradient)}) + column]",
            $"updated[column] = bias[column] - ({factor} * total);",
            gradient.Columns,
            "rows");
    }

    /// <summary>The mean of the token embedding over the vocabulary.</summary>
    public static IlgpuKernel MeanEmbedding(CompiledModel model, Kernel kernel)
    {
        int width = model.Spec.Auxiliary.HiddenSize;
        int vocabulary = model.Spec.Auxiliary.VocabularySize;
        return ColumnSum(
            "MeanEmbedding",
            "mean = 1/V Σ_v E[v]",
            "Loss gradient of the construction.",
            kernel,
            [IlgpuParameter.Floats("embedding", $"Token embedding E, [{vocabulary}, {width}]."), IlgpuParameter.Floats("mean", $"[{width}].")],
            row => $"embedding[({row} * {Integer(width)}) + column]",
            $"mean[column] = total / {Integer(vocabulary)}f;",
            width,
            Integer(vocabulary));
    }

    /// <summary>Each column of threads adds up a column of the matrix, each of its threads every so many rows.</summary>
    private static IlgpuKernel ColumnSum(
        string name, string formula, string construction, Kernel kernel, IlgpuParameter[] parameters, Func<string, string> element, string store, int columns, string rows) =>
        new(name, formula, construction + " Threads below each other add up parts of a column.", kernel.Origin, parameters, (code, _) => code.Line(
            $$"""
            ArrayView<float> parts = SharedMemory.Allocate<float>(Threads);
            int threadX = Group.IdxX;
            int threadY = Group.IdxY;
            int column = (Grid.IdxX * ThreadColumns) + threadX;
            float sum = 0f;
            if (column < {{Integer(columns)}})
            {
                int row = threadY;
                for (; row + ({{Integer(RowsAtOnce - 1)}} * ThreadRows) < {{rows}}; row += {{Integer(RowsAtOnce)}} * ThreadRows)
                    sum += {{string.Join(" + ", Enumerable.Range(0, RowsAtOnce).Select(i => element(i == 0 ? "row" : $"(row + ({Integer(i)} * ThreadRows))")))}};
                for (; row < {{rows}}; row += ThreadRows)
                    sum += {{element("row")}};
            }

            parts[(threadY * ThreadColumns) + threadX] = sum;
            Group.Barrier();
            if (threadY == 0 && column < {{Integer(columns)}})
            {
                float total = 0f;
                for (int part = 0; part < ThreadRows; part++)
                    total += parts[(part * ThreadColumns) + threadX];
                {{store}}
            }
            """));
}

using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Products with the prefix rows as tiles in shared memory and registers, with what follows fused to their stores.</summary>
internal static class IlgpuProducts
{
    private const string Rows = "Number of rows.";

    /// <summary>y = x Wᵀ + b, with the residual and the activation behind it if there are any.</summary>
    /// <param name="model">The model.</param>
    /// <param name="kernel">The product.</param>
    /// <param name="activation">The activation of its result, or <see langword="null"/>.</param>
    public static IlgpuKernel Forward(CompiledModel model, Kernel kernel, Kernel? activation)
    {
        Operand x = kernel.Inputs[0];
        Operand y = kernel.Outputs[0];
        bool adds = kernel.Residual is not null;
        var stored = new List<IlgpuParameter>
        {
            IlgpuParameter.Floats("bias", $"{PlanParameters.BiasName(kernel)}, [{y.Columns}]."),
        };
        if (adds)
            stored.Add(IlgpuParameter.Floats("residual", $"{kernel.Residual!.Buffer}, [T, {y.Columns}]; may be y."));
        stored.Add(IlgpuParameter.Floats("y", $"{y.Buffer}, [T, {y.Columns}]."));
        if (activation is not null)
            stored.Add(IlgpuParameter.Floats("activated", $"{activation.Outputs[0].Buffer}, [T, {y.Columns}]."));
        stored.Add(IlgpuParameter.Count("rows", Rows));

        string at = $"(row * {Stride(model, y)}) + column";
        string sum = "value + bias[column]" + (adds ? $" + residual[(row * {Stride(model, kernel.Residual!)}) + column]" : string.Empty);
        string body = $"float sum = {sum};\ny[{at}] = sum;"
            + (activation is null ? string.Empty : $"\nactivated[(row * {Stride(model, activation.Outputs[0])}) + column] = Activation(sum);");
        string formula = (adds ? "y = residual + x Wᵀ + b" : "y = x Wᵀ + b") + (activation is null ? string.Empty : ", s = act(y)");
        return Product(
            model,
            kernel,
            formula,
            "LinearForward" + (activation is null ? string.Empty : " and ActivationForward"),
            [IlgpuParameter.Floats("x", $"{x.Buffer}, [T, {x.Columns}]."), IlgpuParameter.Floats("weight", Weight(kernel, y.Columns, x.Columns)), .. stored],
            new TileOperand("x", "rows", Stride(model, x), FromRows: true),
            new TileOperand("weight", Integer(y.Columns), Integer(x.Columns), FromRows: true),
            Integer(x.Columns),
            stored,
            body,
            y.Columns);
    }

    /// <summary>∂x = ∂y W, with the activation's difference behind it if there is one.</summary>
    public static IlgpuKernel Backward(CompiledModel model, Kernel kernel, Kernel? activation)
    {
        Operand gradient = kernel.Inputs[0];
        Operand result = activation?.Outputs[0] ?? kernel.Outputs[0];
        int columns = kernel.Outputs[0].Columns;
        var stored = new List<IlgpuParameter>();
        if (activation is not null)
            stored.Add(IlgpuParameter.Floats("preActivation", $"{activation.Inputs[1].Buffer} at the same rows, [R, {columns}]."));
        if (kernel.Residual is not null)
            stored.Add(IlgpuParameter.Floats("residual", $"{kernel.Residual.Buffer}, [R, {columns}]; may be the result."));
        stored.Add(IlgpuParameter.Floats("inputGradient", $"{result.Buffer}, [R, {columns}]."));
        stored.Add(IlgpuParameter.Count("rows", Rows));

        string value = kernel.Residual is null ? "value" : $"value + residual[(row * {Stride(model, kernel.Residual)}) + column]";
        if (activation is not null)
            value = $"ActivationDifference(preActivation[(row * {Stride(model, activation.Inputs[1])}) + column], {value})";
        var left = new TileOperand("gradient", "rows", Stride(model, gradient), FromRows: true);
        var right = new TileOperand("weight", Integer(columns), Integer(columns), FromRows: false);
        IlgpuKernel product = Product(
            model,
            kernel,
            activation is null ? "∂x = ∂y W" : "∂s = ∂y W, ∂z = N (act(z + ∂s/N) − act(z))",
            "LinearBackward" + (activation is null ? string.Empty : " and ActivationBackward"),
            [IlgpuParameter.Floats("gradient", $"{gradient.Buffer}, [R, {gradient.Columns}]."), IlgpuParameter.Floats("weight", Weight(kernel, gradient.Columns, columns)), .. stored],
            left,
            right,
            Integer(gradient.Columns),
            stored,
            $"inputGradient[(row * {Stride(model, result)}) + column] = {value};",
            columns);
        bool plain = activation is null && kernel.Residual is null;
        return plain ? product with { Product = new PlainProduct(left, right, Stride(model, result), Integer(columns), Integer(gradient.Columns)) } : product;
    }

    /// <summary>W′ = W − lr Σ_t ∂y_t x_tᵀ.</summary>
    public static IlgpuKernel Descent(CompiledModel model, Kernel kernel)
    {
        Operand gradient = kernel.Inputs[0];
        Operand x = kernel.Inputs[1];
        string outputs = Integer(gradient.Columns);
        IlgpuParameter[] stored =
        [
            IlgpuParameter.Floats("weight", Weight(kernel, gradient.Columns, x.Columns)),
            IlgpuParameter.Floats("updated", "The same after it; may be weight."),
            IlgpuParameter.Number("learningRate", "Inner learning rate."),
            IlgpuParameter.Count("rows", "Rows of the weight: outputs."),
        ];
        return Product(
            model,
            kernel,
            "W′ = W − lr Σ_t ∂y_t x_tᵀ",
            "LinearDescent",
            [
                IlgpuParameter.Floats("gradient", $"{gradient.Buffer}, [R, {outputs}]."),
                IlgpuParameter.Floats("x", $"{x.Buffer} at the same rows, [R, {x.Columns}]."),
                .. stored,
                IlgpuParameter.Count("tokens", "Rows R of the gradient."),
            ],
            new TileOperand("gradient", outputs, Stride(model, gradient), FromRows: false),
            new TileOperand("x", Integer(x.Columns), Stride(model, x), FromRows: false),
            "tokens",
            stored,
            $"int index = (row * {Integer(x.Columns)}) + column;\nupdated[index] = weight[index] - (learningRate * value);",
            x.Columns);
    }

    /// <summary>Floats from one row of a buffer to the next.</summary>
    public static string Stride(CompiledModel model, Operand operand) => Integer(model.Buffers[operand.Buffer].Columns);

    /// <summary>A product of two operands whose lines are loaded tile by tile.</summary>
    private static IlgpuKernel Product(
        CompiledModel model,
        Kernel kernel,
        string formula,
        string module,
        IReadOnlyList<IlgpuParameter> parameters,
        TileOperand left,
        TileOperand right,
        string terms,
        IReadOnlyList<IlgpuParameter> stored,
        string finish,
        int columns)
    {
        string name = KernelNames.Of(kernel);
        string arguments = string.Join(", ", stored.Select(parameter => parameter.Name));
        void Write(CodeWriter code, GroupTile tile) =>
            new ProductText(code, tile.Product, left, right, terms).Write((row, column, sum) => $"Finish{name}({arguments}, {row}, {column}, {sum});");

        return new IlgpuKernel(name, formula, $"{module}{Count(model, kernel)}", kernel.Origin, parameters, Write)
        {
            Finish = code => IlgpuHelpers.WriteFinish(code, "Finish" + name, $"Stores an element of {name}.", stored, finish, columns),
        };
    }

    private static string Weight(Kernel kernel, int outputs, int inputs) =>
        $"{PlanParameters.WeightName(kernel)}, [{Integer(outputs)}, {Integer(inputs)}].";

    private static string Count(CompiledModel model, Kernel kernel)
    {
        int matrices = Math.Max(1, kernel.Inputs.Concat(kernel.Outputs).Max(operand => operand.Columns) / model.Spec.Auxiliary.HiddenSize);
        return (matrices == 1 ? string.Empty : $" × {matrices}")
            + $" over {model.Spec.Simulator.PrefixTokens} prefix embeddings of {model.Spec.Simulator.Sharding.Value} rows, folded to one product.";
    }
}

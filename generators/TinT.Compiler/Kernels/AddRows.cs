using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>y = x₁ + x₂.</summary>
internal sealed class AddRows : RowKernel
{
    public static KernelForm Form { get; } = new AddRows();

    public override string NameOf(Kernel kernel) => "AddRows";

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = kernel.Outputs[0].Columns;
        Write(code, model, kernel, "y = x₁ + x₂", "Residual branch.",
            [("MatrixView", "left", $"[T, {width}]."), ("MatrixView", "right", $"[T, {width}]."), ("MatrixView", "y", $"[T, {width}].")],
            "TensorPrimitives.Add(left.Row(row), right.Row(row), y.Row(row));");
    }

    /// <summary>A sum that no kernel before it took up has two terms: code adds two rows.</summary>
    public override string? ShapeMistake(Kernel kernel, Func<string, Parameter> parameter) =>
        kernel.Inputs.Count == 2 ? null : $"{kernel.Kind} of {kernel.Module} has {kernel.Inputs.Count} terms instead of two.";
}

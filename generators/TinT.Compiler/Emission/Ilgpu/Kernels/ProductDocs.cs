using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>What the documentation of products says alike.</summary>
internal static class ProductDocs
{
    /// <summary>A product's rows.</summary>
    public const string Rows = "Number of rows.";

    /// <summary>A weight and its shape.</summary>
    /// <param name="kernel">The product.</param>
    /// <param name="outputs">Its rows.</param>
    /// <param name="inputs">Its columns.</param>
    public static string Weight(Kernel kernel, int outputs, int inputs) =>
        $"{PlanParameters.WeightName(kernel)}, [{Integer(outputs)}, {Integer(inputs)}].";

    /// <summary>What became a product, in the literal construction.</summary>
    /// <param name="model">The model.</param>
    /// <param name="kernel">The product.</param>
    /// <param name="module">The construction's module.</param>
    public static string Construction(CompiledModel model, Kernel kernel, string module)
    {
        int matrices = Math.Max(1, kernel.Inputs.Concat(kernel.Outputs).Max(operand => operand.Columns) / model.Spec.Auxiliary.HiddenSize);
        return module
            + (matrices == 1 ? string.Empty : $" × {matrices}")
            + $" over {model.Spec.Simulator.PrefixTokens} prefix embeddings of {model.Spec.Simulator.Sharding.Value} rows, folded to one product.";
    }
}

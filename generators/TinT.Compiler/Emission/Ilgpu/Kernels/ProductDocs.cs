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
}

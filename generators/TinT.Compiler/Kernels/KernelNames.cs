using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Kernels;

/// <summary>What kernels and their parameters are called in generated code.</summary>
internal static class KernelNames
{
    /// <summary>Name of the kernel; kernels of one name have one body.</summary>
    public static string Of(Kernel kernel) => KernelForm.Of(kernel.Kind).NameOf(kernel);

    /// <summary>Property with the weight or gain that a kernel reads.</summary>
    public static string Weight(Kernel kernel) => Pascal(PlanParameters.WeightName(kernel));

    /// <summary>Property with the bias that a kernel reads.</summary>
    public static string Bias(Kernel kernel) => Pascal(PlanParameters.BiasName(kernel));

    /// <summary>AttentionQueryKey for attention.query_key.weight; Norm1Gain for the gain of a norm as a matrix.</summary>
    public static string WeightStem(Kernel kernel) => Without(PlanParameters.WeightName(kernel), ".weight");

    /// <summary>AttentionQueryKey for attention.query_key.bias.</summary>
    public static string BiasStem(Kernel kernel) => Without(PlanParameters.BiasName(kernel), ".bias");

    private static string Without(string name, string end) =>
        Pascal(name.EndsWith(end, StringComparison.Ordinal) ? name.Substring(0, name.Length - end.Length) : name);
}

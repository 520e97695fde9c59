using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>What several kernels write alike.</summary>
internal static class KernelText
{
    /// <summary>Summary with the formula, remarks with the construction's modules and the line of the spec.</summary>
    public static void Document(CodeWriter code, CompiledModel model, Kernel kernel, string formula, string construction)
    {
        code.Doc("summary", formula);
        code.Doc("remarks", $"{construction} Asked for at {model.FileName}, line {kernel.Origin.Start.Line}.");
    }

    /// <summary>Documents the parameters of a method.</summary>
    public static void Parameters(CodeWriter code, params (string Name, string Doc)[] parameters)
    {
        foreach ((string name, string doc) in parameters)
            code.Doc("param", doc, $" name=\"{name}\"");
    }

    /// <summary>What a product is in the literal construction.</summary>
    /// <param name="model">The model.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="module">The construction's module.</param>
    /// <param name="width">Columns that its blocks of D cover.</param>
    public static string Folded(CompiledModel model, Kernel kernel, string module, int width)
    {
        int matrices = (width + model.Spec.Auxiliary.HiddenSize.Value - 1) / model.Spec.Auxiliary.HiddenSize.Value;
        string count = matrices == 1 ? string.Empty : $" × {matrices}";
        return $"{module}{count} over {model.Spec.Simulator.PrefixTokens} prefix embeddings of {model.Spec.Simulator.Sharding.Value} rows, folded to one product.";
    }

    /// <summary>The widest of a kernel's operands.</summary>
    public static int Widest(Kernel kernel) => kernel.Inputs.Concat(kernel.Outputs).Max(operand => operand.Columns);

    /// <summary>What is wrong with a product's shape, in a sentence; <see langword="null"/> if nothing is.</summary>
    public static string? ProductMistake(Kernel kernel, int outputs, int inputs, Func<string, Parameter> parameter)
    {
        Parameter weight = parameter(PlanParameters.WeightName(kernel));
        return weight.Rows == outputs / kernel.Heads && weight.Columns == inputs / kernel.Heads
            ? null
            : $"{kernel.Kind} of {kernel.Module} has {outputs} outputs and {inputs} inputs, but its weight is [{weight.Rows}, {weight.Columns}].";
    }
}

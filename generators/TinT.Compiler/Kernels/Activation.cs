using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>s = act(z).</summary>
internal sealed class Activation : RowKernel
{
    public static KernelForm Form { get; } = new Activation();

    public override string NameOf(Kernel kernel) => "ActivationForward";

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = kernel.Outputs[0].Columns;
        TinT.Model.Activations.Activation activation = model.Spec.Auxiliary.Activation.Value;
        Write(code, model, kernel, $"s = {activation.Formula}", $"ActivationForward × {model.Spec.Auxiliary.FeedForwardBlocks}.",
            [("MatrixView", "preActivation", $"z, [T, {width}]."), ("MatrixView", "activated", $"s, [T, {width}].")],
            $"Elementwise.Forward<{activation.TypeName}>(preActivation.Row(row), activated.Row(row));");
    }
}

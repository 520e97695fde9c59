using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>s = act(z) ∘ p.</summary>
internal sealed class Gate : RowKernel
{
    public static KernelForm Form { get; } = new Gate();

    public override string NameOf(Kernel kernel) => "GateForward";

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = kernel.Outputs[0].Columns;
        TinT.Model.Activations.Activation activation = model.Spec.Auxiliary.Activation.Value;
        Write(code, model, kernel, $"s = act(z) ∘ p, act(z) = {activation.Formula}", $"ActivationForward and product layer × {model.Spec.Auxiliary.FeedForwardBlocks}.",
            [("MatrixView", "gate", $"z, [T, {width}]."), ("MatrixView", "up", $"p, [T, {width}]."), ("MatrixView", "activated", $"s, [T, {width}].")],
            $"Elementwise.Gate<{activation.TypeName}>(gate.Row(row), up.Row(row), activated.Row(row));");
    }
}

using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>∂p = ∂s ∘ act(z), ∂z = N (act(z + ∂s ∘ p/N) − act(z)).</summary>
internal sealed class GateBackward : RowKernel
{
    public static KernelForm Form { get; } = new GateBackward();

    public override string NameOf(Kernel kernel) => "GateBackward";

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = kernel.Outputs[0].Columns;
        TinT.Model.Activations.Activation activation = model.Spec.Auxiliary.Activation.Value;
        Write(code, model, kernel, $"∂p = ∂s ∘ act(z), ∂z = N (act(z + ∂s ∘ p / N) − act(z)), act(z) = {activation.Formula}",
            $"Two product layers and ActivationBackward × {model.Spec.Auxiliary.FeedForwardBlocks}: the product rule, and the finite difference evaluated without cancellation.",
            [("MatrixView", "activatedGradient", $"∂s, [R, {width}]."),
             ("MatrixView", "gate", $"z at the same rows, [R, {width}]."),
             ("MatrixView", "up", $"p at the same rows, [R, {width}]."),
             ("MatrixView", "gateGradient", $"∂z, [R, {width}]."),
             ("MatrixView", "upGradient", $"∂p, [R, {width}].")],
            $"Elementwise.GateDifference<{activation.TypeName}>(gate.Row(row), up.Row(row), activatedGradient.Row(row), TaylorScale, gateGradient.Row(row), upGradient.Row(row));");
    }
}

using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>∂z = N (act(z + ∂s/N) − act(z)).</summary>
internal sealed class ActivationBackward : RowKernel
{
    public static KernelForm Form { get; } = new ActivationBackward();

    public override string NameOf(Kernel kernel) => "ActivationBackward";

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = kernel.Outputs[0].Columns;
        TinT.Model.Activations.Activation activation = model.Spec.Auxiliary.Activation.Value;
        Write(code, model, kernel, $"∂z = N (act(z + ∂s/N) − act(z)), act(z) = {activation.Formula}",
            $"ActivationBackward × {model.Spec.Auxiliary.FeedForwardBlocks}: the finite difference, evaluated without cancellation.",
            [("MatrixView", "activatedGradient", $"∂s, [R, {width}]."),
             ("MatrixView", "preActivation", $"z at the same rows, [R, {width}]."),
             ("MatrixView", "preActivationGradient", $"∂z, [R, {width}].")],
            $"Elementwise.Difference<{activation.TypeName}>(preActivation.Row(row), activatedGradient.Row(row), TaylorScale, preActivationGradient.Row(row));");
    }
}

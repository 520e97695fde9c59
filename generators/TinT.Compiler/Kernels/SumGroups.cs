using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>∂v = ∂c summed over the heads of each group: attention that is skipped on the way back.</summary>
internal sealed class SumGroups : RowKernel
{
    public static KernelForm Form { get; } = new SumGroups();

    public override string NameOf(Kernel kernel) => "SumGroups";

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel) =>
        Write(code, model, kernel, $"∂v = ∂c summed over the {model.Spec.Auxiliary.Model.GroupSize} heads of each group", "The output map of attention, backwards.",
            [("MatrixView", "contextGradient", $"∂c, [R, {kernel.Inputs[0].Columns}]."), ("MatrixView", "valueGradient", $"∂v, [R, {kernel.Outputs[0].Columns}].")],
            $"HeadGroups.Sum(contextGradient.Row(row), {Identifiers.Integer(model.Spec.Auxiliary.HeadSize)}, valueGradient.Row(row));");
}

using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>y = x.</summary>
internal sealed class CopyRows : RowKernel
{
    public static KernelForm Form { get; } = new CopyRows();

    public override string NameOf(Kernel kernel) => "CopyRows";

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = kernel.Outputs[0].Columns;
        Write(code, model, kernel, "y = x", "The input of the lowest trained layer, kept for later passes.",
            [("MatrixView", "x", $"[T, {width}]."), ("MatrixView", "y", $"[T, {width}].")],
            "x.Row(row).CopyTo(y.Row(row));");
    }
}

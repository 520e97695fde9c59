using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>Rotary positions, in place: pairs (a, b) of each head become (a cos − b sin, b cos + a sin); backwards with −sin.</summary>
internal sealed class Rotate : RowKernel
{
    public static KernelForm Form { get; } = new Rotate();

    public override string NameOf(Kernel kernel) => IsBackward(kernel) ? "RotateBackward" : "Rotate";

    /// <summary>Positions are those of a sequence.</summary>
    public override bool IsPerSequence(CpuCall call) => true;

    public override string Call(CpuCall call) => call.Rows(["run", .. call.Outputs]);

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        RotaryDescription rotary = model.Spec.Auxiliary.Model.Rotary!;
        string pairs = rotary.Interleaved ? "(2i, 2i + 1)" : $"(i, i + {rotary.Size / 2})";
        (string sign, string opposite, string rows) = IsBackward(kernel) ? ("+", "−", "R") : ("−", "+", "T");
        Write(code, model, kernel, $"(a, b) = (a cos {sign} b sin, b cos {opposite} a sin) for coordinates {pairs} of each head's first {rotary.Size}",
            "The rotation of the simulator's own attention; its memory keeps what is turned.",
            [("SequenceRun", "run", "The sequence, for its positions."), ("MatrixView", "x", $"Rows of heads of {model.Spec.Auxiliary.HeadSize} coordinates, [{rows}, …].")],
            IsBackward(kernel)
                ? "Rotary.TurnBack(x.Row(row), run.Position(run.FirstTrainingRow + row));"
                : "Rotary.Turn(x.Row(row), run.Position(row));");
    }

    public override string? ShapeMistake(Kernel kernel, Func<string, Parameter> parameter) =>
        kernel.Inputs[0] == kernel.Outputs[0] ? null : $"{kernel.Kind} of {kernel.Module} is not in place.";

    private static bool IsBackward(Kernel kernel) => kernel.Kind == KernelKind.RotateBackward;
}

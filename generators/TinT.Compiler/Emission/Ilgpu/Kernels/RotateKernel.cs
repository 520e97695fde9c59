using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>Rotary positions, in place: one thread for each pair of coordinates of each head.</summary>
internal sealed class RotateKernel : IKernelKind
{
    /// <summary>Name of the kernel: keys of which there are fewer heads have their own.</summary>
    /// <param name="model">The model.</param>
    /// <param name="kernel">The kernel.</param>
    public static string NameOf(CompiledModel model, Kernel kernel) =>
        KernelNames.Of(kernel) + (kernel.Outputs[0].Columns == model.Spec.Auxiliary.Model.QuerySize ? string.Empty : "Keys");

    /// <summary>Pairs of a token.</summary>
    /// <param name="model">The model.</param>
    /// <param name="kernel">The kernel.</param>
    public static int PairsOf(CompiledModel model, Kernel kernel) => Heads(model, kernel) * PairsOfHead(model);

    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        RotaryDescription rotary = model.Spec.Auxiliary.Model.Rotary!;
        bool backward = IsBackward(kernel);
        string turned = backward ? "(a cos + b sin, b cos − a sin)" : "(a cos − b sin, b cos + a sin)";
        string coordinates = rotary.Interleaved ? "(2i, 2i + 1)" : $"(i, i + {PairsOfHead(model)})";
        string rows = backward ? "R" : "T";
        yield return new IlgpuKernel(
            NameOf(model, kernel),
            $"(a, b) = {turned} for coordinates {coordinates} of each head's first {rotary.Size}",
            "The rotation of the simulator's own attention; its memory keeps what is turned.",
            kernel.Origin,
            [
                IlgpuParameter.Index,
                IlgpuParameter.Floats("x", $"[{rows}, {kernel.Outputs[0].Columns}]."),
                IlgpuParameter.Integers("positions", $"Positions, [{rows}]."),
                IlgpuParameter.Floats("cosines", $"[positions, {PairsOfHead(model)}]."),
                IlgpuParameter.Floats("sines", $"[positions, {PairsOfHead(model)}]."),
            ],
            CallText.Of(
                $"RotaryPositions.{(backward ? "TurnBack" : "Turn")}",
                "index",
                MatrixText.OfElements(model, "x", kernel.Outputs[0]),
                "positions",
                "cosines",
                "sines",
                $"new RotaryHeads({Integer(Heads(model, kernel))}, {Integer(model.Spec.Auxiliary.HeadSize)}, {Integer(PairsOfHead(model))}, interleaved: {(rotary.Interleaved ? "true" : "false")})"),
            Grouped: false);
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return LaunchText.CallOf(
            NameOf(launch.Model, launch.Kernel),
            $"{launch.Rows} * {Integer(PairsOf(launch.Model, launch.Kernel))}",
            launch.Outputs,
            [launch.Positions, "Cosines", "Sines"]);
    }

    private static int Heads(CompiledModel model, Kernel kernel) => kernel.Outputs[0].Columns / model.Spec.Auxiliary.HeadSize;

    private static int PairsOfHead(CompiledModel model) => model.Spec.Auxiliary.Model.Rotary!.Size / 2;

    private static bool IsBackward(Kernel kernel) => kernel.Kind == KernelKind.RotateBackward;
}

using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>A = softmax over j ≤ i of q kᵀ / √d, for each head; c = A v.</summary>
internal sealed class Attention : KernelForm
{
    public static KernelForm Form { get; } = new Attention();

    public override string NameOf(Kernel kernel) => "AttentionForward";

    public override bool IsPerSequence(CpuCall call) => true;

    public override string Call(CpuCall call) => CpuCall.Method(NameOf(call.Kernel), ["Workers", "run", .. call.Inputs, .. call.Outputs]);

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        int width = kernel.Outputs[0].Columns;
        KernelText.Document(code, model, kernel, $"{Scores(model)}; c = A v", "AttentionForward.");
        KernelText.Parameters(
            code,
            ("workers", "Threads that share heads and rows."),
            ("run", "The sequence, for its ICL mask."),
            ("query", $"query, [T, {width}]."),
            ("key", $"key, [T, {width}]."),
            ("value", $"value, [T, {width}]."),
            ("context", $"context, [T, {width}]."));
        code.Line("public static void AttentionForward(Workers workers, SequenceRun run, MatrixView query, MatrixView key, MatrixView value, MatrixView context) =>");
        code.Indented(() => code.Line("CausalAttention.Forward(workers, query, key, value, context, HeadCount, run.AttentionMask);"));
    }

    /// <summary>The formula of the scores.</summary>
    internal static string Scores(CompiledModel model) =>
        $"A = softmax over j ≤ i of q kᵀ / sqrt({model.Spec.Auxiliary.HeadSize}), for each of {model.Spec.Auxiliary.HeadCount.Value} heads";
}

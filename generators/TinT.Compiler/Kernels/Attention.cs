using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>A = softmax over j ≤ i of the scores of each head; c = A v.</summary>
internal sealed class Attention : KernelForm
{
    public static KernelForm Form { get; } = new Attention();

    public override string NameOf(Kernel kernel) => "AttentionForward";

    public override bool IsPerSequence(CpuCall call) => true;

    public override string Call(CpuCall call) =>
        CpuCall.Method(NameOf(call.Kernel), ["Workers", "run", .. FormOf(call.Model), .. call.Inputs, .. call.Outputs]);

    public override void Write(CodeWriter code, CompiledModel model, Kernel kernel)
    {
        bool plain = IsPlain(model.Spec.Auxiliary.Model);
        KernelText.Document(code, model, kernel, $"{Scores(model)}; c = A v", "AttentionForward.");
        KernelText.Parameters(
            code,
            [
                ("workers", "Threads that share heads and rows."),
                ("run", "The sequence, for its ICL mask."),
                .. plain ? [] : FormParameter,
                ("query", $"query, [T, {kernel.Inputs[0].Columns}]."),
                ("key", $"key, [T, {kernel.Inputs[1].Columns}]."),
                ("value", $"value, [T, {kernel.Inputs[2].Columns}]."),
                ("context", $"context, [T, {kernel.Outputs[0].Columns}]."),
            ]);
        code.Line($"public static void AttentionForward(Workers workers, SequenceRun run, {(plain ? string.Empty : "AttentionForm form, ")}MatrixView query, MatrixView key, MatrixView value, MatrixView context) =>");
        code.Indented(() => code.Line($"CausalAttention.Forward(workers, query, key, value, context, {FormText(model)}, run.AttentionMask);"));
    }

    /// <summary>What the form of a layer's attention is documented as.</summary>
    internal static (string Name, string Doc)[] FormParameter => [("form", "Heads, scale, bound, slopes and window of the layer.")];

    /// <summary>Whether attention is softmax over earlier tokens of q kᵀ / √d with as many heads of keys as of queries, in every layer.</summary>
    internal static bool IsPlain(AuxiliaryDescription model) =>
        model.GroupSize == 1 && model is { ScalesScores: true, QueryScalar: null, ScoreCap: null, SlidingWindow: 0 } && model.Positions != PositionKind.Alibi;

    /// <summary>The form as an argument of a call in a routine of a layer; none if it is plain.</summary>
    internal static string[] FormOf(CompiledModel model) => IsPlain(model.Spec.Auxiliary.Model) ? [] : ["Attention[layer]"];

    /// <summary>The form inside the kernel.</summary>
    internal static string FormText(CompiledModel model) => IsPlain(model.Spec.Auxiliary.Model) ? "new AttentionForm(HeadCount)" : "form";

    /// <summary>The formula of the scores.</summary>
    internal static string Scores(CompiledModel model)
    {
        AuxiliaryDescription auxiliary = model.Spec.Auxiliary.Model;
        string window = auxiliary.SlidingWindow == 0 ? string.Empty
            : $" > i − {auxiliary.SlidingWindow}{(auxiliary.SlidingLayers.Count > 0 ? " (of the sliding layers)" : string.Empty)}";
        string groups = auxiliary.GroupSize == 1 ? string.Empty : $" in groups of {auxiliary.GroupSize} that share k and v";
        return $"A = softmax over j ≤ i{(window.Length > 0 ? $", j{window}," : string.Empty)} of {Formula(auxiliary)}, for each of {auxiliary.HeadCount} heads{groups}";
    }

    /// <summary>What q kᵀ is divided by.</summary>
    internal static string Divisor(AuxiliaryDescription model) =>
        model.ScalesScores ? $" / sqrt({(model.QueryScalar is { } scalar ? Identifiers.Double(scalar) : Identifiers.Integer(model.HeadSize))})" : string.Empty;

    /// <summary>What scores' gradients are before they are scaled.</summary>
    internal static string ScoreGradients(AuxiliaryDescription model) =>
        $"∂S = A ∘ (∂A − Σ_j A ∘ ∂A){(model.ScoreCap is null ? string.Empty : " ∘ (1 − tanh²)")}";

    /// <summary>A score before softmax.</summary>
    private static string Formula(AuxiliaryDescription model)
    {
        string product = "q kᵀ" + Divisor(model);
        if (model.ScoreCap is { } cap)
            product = $"c tanh({product} / c), c = {Identifiers.Double(cap)},";
        return model.Positions == PositionKind.Alibi ? $"{product} + slope (position_j − position_i)" : product;
    }
}

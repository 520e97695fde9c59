using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>What attention kernels say alike.</summary>
internal static class AttentionText
{
    /// <summary>The parameters that tell which keys a query sees.</summary>
    public static IlgpuParameter[] Visibility { get; } =
    [
        IlgpuParameter.Floats("mask", "ICL mask, [T, T], 0 where attention is forbidden; not read if masked is 0."),
        IlgpuParameter.Count("masked", "Whether there is an ICL mask: 1 or 0."),
        IlgpuParameter.Count("tokens", "Tokens T."),
    ];

    /// <summary>The formula of the weights.</summary>
    public static string Scores(CompiledModel model) =>
        $"A = softmax over j ≤ i of q kᵀ / sqrt({model.Spec.Auxiliary.HeadSize}), for each of {model.Spec.Auxiliary.HeadCount} heads";

    /// <summary>The model's heads, with the factor of scores 1 / √(head size), and which keys queries see.</summary>
    public static string[] Arguments(CompiledModel model) =>
    [
        $"new AttentionHeads({Integer(model.Spec.Auxiliary.HeadCount)}, {Integer(model.Spec.Auxiliary.HeadSize)}, {Float(1 / Math.Sqrt(model.Spec.Auxiliary.HeadSize))})",
        "new Visibility(mask, masked, tokens)",
    ];

    /// <summary>Groups of a launch: one for each tile of rows, head and part of a head's columns.</summary>
    public static string Tiles(CompiledModel model, string rows) => $"AttentionTiles({rows}, HeadCount, {Integer(model.Spec.Auxiliary.HeadSize)})";
}

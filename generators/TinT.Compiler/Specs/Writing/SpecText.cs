using TinT.Model.Activations;
using TinT.Model.Architectures;

namespace TinT.Compiler.Specs.Writing;

/// <summary>Values of enumerations as they are written in a spec.</summary>
public static class SpecText
{
    /// <summary>Text of an architecture.</summary>
    public static string Of(Architecture value) => value.Name;

    /// <summary>Text of an activation.</summary>
    public static string Of(Activation value) => value.Name;

    /// <summary>Text of who sees the generated classes, in a spec and in C#.</summary>
    public static string Of(Access value) => value == Access.Public ? "public" : "internal";

    /// <summary>Text of how gradients are made.</summary>
    public static string Of(TrainingMethod value) => value switch
    {
        TrainingMethod.Tint => "tint",
        TrainingMethod.Exact => "exact",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such method."),
    };

    /// <summary>Text of a loss.</summary>
    public static string Of(LossFunction value) => value switch
    {
        LossFunction.Softmax => "softmax",
        LossFunction.Quadratic => "quadratic",
        LossFunction.MeanEmbedding => "mean_embedding",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such loss."),
    };

    /// <summary>Text of what a layer norm updates.</summary>
    public static string Of(LayerNormUpdate value) => value switch
    {
        LayerNormUpdate.None => "none",
        LayerNormUpdate.Bias => "bias",
        LayerNormUpdate.Gain => "gain",
        LayerNormUpdate.Full => "full",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such update of norms."),
    };

    /// <summary>Text of how the gradient passes through attention.</summary>
    public static string Of(AttentionGradient value) => value switch
    {
        AttentionGradient.None => "none",
        AttentionGradient.Values => "values",
        AttentionGradient.Exact => "exact",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such gradient of attention."),
    };

    /// <summary>Text of the form of the update.</summary>
    public static string Of(UpdateForm value) => value switch
    {
        UpdateForm.Auto => "auto",
        UpdateForm.Primal => "primal",
        UpdateForm.Dual => "dual",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such form of the update."),
    };

    /// <summary>Text of a compatibility.</summary>
    public static string Of(Compatibility value) => value == Compatibility.Authors ? "authors" : "none";
}

using static TinT.Model.Architectures.AuxiliaryOptionTable;

namespace TinT.Model.Architectures;

/// <summary>Gemma: LLaMA with gated tanh-GELU, embeddings scaled by √D, heads of a size of their own, and gains of which the difference from 1 is stored.</summary>
internal static class Gemma
{
    /// <summary>Coordinates of a head, of configurations that do not say how many.</summary>
    private const int HeadDimension = 256;

    public static Architecture Architecture { get; } = Llama.Architecture with
    {
        Name = "gemma",
        ClassName = "Gemma",
        Activation = "gelu_new",
        ScalesEmbeddings = true,
        TiesEmbeddings = true,
        Options = [KeyValueHeadCount, HeadSize, RopeTheta, Scaling, AttentionBias],
        Fields =
        [
            .. Llama.CommonFields.Select(field =>
                field.Option == HeadSize ? field with { Absent = HeadDimension }
                : field.Option == Activation ? new ConfigurationField(Activation, "hidden_activation")
                : field),
            new(AttentionBias, "attention_bias"),
        ],
        Tensors = [.. Llama.Architecture.Tensors.Select(tensor => tensor.IsGain ? tensor with { Offset = 1 } : tensor)],
    };
}

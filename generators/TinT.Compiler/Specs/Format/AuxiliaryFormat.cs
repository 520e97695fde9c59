using TinT.Model.Activations;
using TinT.Model.Architectures;
using TinT.Model.Norms;

namespace TinT.Compiler.Specs.Format;

/// <summary>The section <c>auxiliary</c>. Its keys are those of Hugging Face <c>config.json</c>.</summary>
internal static class AuxiliaryFormat
{
    public static readonly ChoiceKey<Architecture> Architecture = new(
        "architecture",
        Required: false,
        [.. KnownArchitectures.All.Select(architecture => new KeyValuePair<string, Architecture>(architecture.Name, architecture))],
        ["llama", "bloom", "gptj"])
    {
        Description = "Names of the tensors in the checkpoint, and defaults.",
        Synonyms = ["model_type", "architectures"],
    };

    public static readonly IntegerKey VocabularySize = new("vocab_size", Required: true, 2, 1 << 24, "50257")
    {
        Description = "Tokens in the vocabulary.",
    };

    public static readonly IntegerKey MaxPositionEmbeddings = new("max_position_embeddings", Required: true, 1, 1 << 15, "1024")
    {
        Description = "Context: the most tokens in one sequence.",
        Synonyms = ["n_positions", "n_ctx", "context_length", "seq_length"],
    };

    /// <summary>At least 2: a layer norm over one coordinate is always 0.</summary>
    public static readonly IntegerKey HiddenSize = new("hidden_size", Required: true, 2, 1 << 15, "768")
    {
        Description = "Embedding size D.",
        Synonyms = ["n_embd", "d_model"],
    };

    public static readonly IntegerKey LayerCount = new("num_hidden_layers", Required: true, 1, 1 << 10, "12")
    {
        Description = "Transformer blocks L.",
        Synonyms = ["n_layer", "n_layers", "num_layers"],
    };

    public static readonly IntegerKey HeadCount = new("num_attention_heads", Required: true, 1, 1 << 15, "12")
    {
        Description = "Attention heads; divides hidden_size.",
        Synonyms = ["n_head", "n_heads", "num_heads"],
    };

    public static readonly IntegerKey IntermediateSize = new("intermediate_size", Required: false, 1, 1 << 20, "3072")
    {
        Description = "Width of the feed-forward block, a multiple of hidden_size. Default: 4 times hidden_size.",
        Synonyms = ["n_inner", "ffn_dim"],
    };

    public static readonly ChoiceKey<Activation> Activation = new(
        "activation",
        Required: false,
        [.. KnownActivations.All.Select(activation => new KeyValuePair<string, Activation>(activation.Name, activation))],
        [])
    {
        Description = "Activation of the feed-forward block. Default: "
            + string.Join(", ", KnownArchitectures.All.Select(architecture => $"{architecture.Activation} for {architecture.Name}")) + ".",
        FirstIsDefault = false,
        Synonyms = ["activation_function", "hidden_act"],
    };

    public static readonly ChoiceKey<string> NormKind = new(
        "kind", Required: false, [.. KnownNorms.All.Select(norm => new KeyValuePair<string, string>(norm.Name, norm.Name))], ["rms_norm"])
    {
        Description = "What normalises.",
    };

    public static readonly ChoiceKey<string> NormPlacement = new("placement", Required: false, [new("pre", "pre")], ["post"])
    {
        Description = "Before the attention and feed-forward blocks, or after.",
        Synonyms = ["do_layer_norm_before"],
    };

    public static readonly NumberKey NormEpsilon = new("epsilon", Required: false, 1e-12, 1, "1e-5")
    {
        Description = "Added to the variance.",
        Default = 1e-5,
        Synonyms = ["layer_norm_epsilon", "layer_norm_eps", "rms_norm_eps"],
    };

    public static readonly SectionKey Norm = new("norm", "auxiliary.norm", Required: false, [NormKind, NormPlacement, NormEpsilon])
    {
        Description = "The normalisation of every block.",
    };

    public static readonly ChoiceKey<string> PositionsKind = new(
        "kind", Required: false, [new("learned", "learned")], ["rotary", "alibi", "relative"])
    {
        Description = "A learned table, added to the token embeddings.",
        Synonyms = ["position_embedding_type"],
    };

    public static readonly SectionKey Positions = new("positions", "auxiliary.positions", Required: false, [PositionsKind])
    {
        Description = "How positions enter.",
    };

    public static readonly SectionKey Section = new(
        "auxiliary",
        "auxiliary",
        Required: true,
        [
            Architecture, VocabularySize, MaxPositionEmbeddings, HiddenSize, LayerCount, HeadCount, IntermediateSize, Activation,
            Norm, Positions,
        ])
    {
        Description = "The auxiliary model: the transformer that is simulated and trained. Keys are named as in Hugging Face config.json.",
    };
}

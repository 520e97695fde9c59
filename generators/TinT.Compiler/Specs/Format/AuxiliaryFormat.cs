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
        [])
    {
        Description = "Names of the tensors in the checkpoint, what the model is made of, and defaults.",
        Synonyms = ["model_type", "architectures"],
    };

    public static readonly IntegerKey VocabularySize = new("vocab_size", Required: true, 2, 1 << 24, "50257")
    {
        Description = "Tokens in the vocabulary.",
    };

    public static readonly IntegerKey MaxPositionEmbeddings = new("max_position_embeddings", Required: true, 1, 1 << 15, "1024")
    {
        Description = "Context: the most tokens in one sequence. Models without a table of positions may be given less than their checkpoint was trained with.",
        Synonyms = ["n_positions", "n_ctx", "context_length", "seq_length"],
    };

    /// <summary>At least 2: a layer norm over one coordinate is always 0.</summary>
    public static readonly IntegerKey HiddenSize = new("hidden_size", Required: true, 2, 1 << 15, "768")
    {
        Description = "Embedding size D.",
        Synonyms = ["n_embd", "d_model", "n_embed"],
    };

    public static readonly IntegerKey LayerCount = new("num_hidden_layers", Required: true, 1, 1 << 10, "12")
    {
        Description = "Transformer blocks L.",
        Synonyms = ["n_layer", "n_layers", "num_layers"],
    };

    public static readonly IntegerKey HeadCount = new("num_attention_heads", Required: true, 1, 1 << 15, "12")
    {
        Description = "Attention heads; divides hidden_size unless head_dim is given.",
        Synonyms = ["n_head", "n_heads", "num_heads"],
    };

    public static readonly IntegerKey KeyValueHeadCount = new("num_key_value_heads", Required: false, 1, 1 << 15, "4")
    {
        Description = "Heads of keys and values, each read by a group of heads; divides num_attention_heads. Default: num_attention_heads (falcon: 1).",
        Synonyms = ["num_kv_heads", "n_head_kv", "n_kv_heads"],
    };

    public static readonly IntegerKey HeadSize = new("head_dim", Required: false, 1, 1 << 12, "64")
    {
        Description = "Coordinates of a head. Default: hidden_size / num_attention_heads.",
        Synonyms = ["head_size"],
    };

    public static readonly IntegerKey IntermediateSize = new("intermediate_size", Required: false, 1, 1 << 20, "3072")
    {
        Description = "Width of the feed-forward block. Default: 4 times hidden_size.",
        Synonyms = ["n_inner", "ffn_dim", "ffn_hidden_size"],
    };

    public static readonly IntegerKey EmbeddingSize = new("word_embed_proj_dim", Required: false, 1, 1 << 15, "512")
    {
        Description = "Width of token embeddings, which matrices map to hidden_size and back. Default: hidden_size.",
    };

    public static readonly ChoiceKey<Activation> Activation = new(
        "activation",
        Required: false,
        [.. KnownActivations.All.SelectMany(activation => activation.Words.Select(word => new KeyValuePair<string, Activation>(word, activation)))],
        [])
    {
        Description = "Activation of the feed-forward block. Default: "
            + string.Join(", ", KnownArchitectures.All.GroupBy(architecture => architecture.Activation)
                .Select(group => $"{group.Key} for {string.Join(", ", group)}")) + ".",
        FirstIsDefault = false,
        Synonyms = ["activation_function", "hidden_act", "hidden_activation"],
    };

    public static readonly ChoiceKey<string> NormKind = new(
        "kind", Required: false, [.. KnownNorms.All.Select(norm => new KeyValuePair<string, string>(norm.Name, norm.Name))], [])
    {
        Description = "What normalizes: the architecture's norm.",
        FirstIsDefault = false,
    };

    public static readonly ChoiceKey<NormPlacement> NormPlacement = new(
        "placement", Required: false, [new("pre", Model.NormPlacement.Pre), new("post", Model.NormPlacement.Post), new("both", Model.NormPlacement.Both)], [])
    {
        Description = "Before the attention and feed-forward blocks, after their sums (opt), or before and after the blocks (gemma2). The architecture's.",
        FirstIsDefault = false,
        Synonyms = ["do_layer_norm_before"],
    };

    public static readonly NumberKey NormEpsilon = new("epsilon", Required: false, 1e-12, 1, "1e-5")
    {
        Description = "Added to the variance or the mean square. Default: "
            + string.Join(", ", KnownArchitectures.All.GroupBy(architecture => architecture.Epsilon)
                .Select(group => $"{Fields.NumberText.Write(group.Key)} for {string.Join(", ", group)}")) + ".",
        Synonyms = ["layer_norm_epsilon", "layer_norm_eps", "rms_norm_eps"],
    };

    public static readonly SectionKey Norm = new("norm", "auxiliary.norm", Required: false, [NormKind, NormPlacement, NormEpsilon])
    {
        Description = "The normalization of every block.",
    };

    public static readonly ChoiceKey<PositionKind> PositionsKind = new(
        "kind",
        Required: false,
        [new("learned", PositionKind.Learned), new("rotary", PositionKind.Rotary), new("alibi", PositionKind.Alibi)],
        ["relative"])
    {
        Description = "A learned table, added to the token embeddings; queries and keys turned by their positions; or scores that fall with the distance. The architecture's.",
        FirstIsDefault = false,
        Synonyms = ["position_embedding_type", "alibi"],
    };

    public static readonly NumberKey RopeTheta = new("rope_theta", Required: false, 1, 1e12, "10000")
    {
        Description = "Base of the frequencies of rotary positions. Default: 10000.",
        Synonyms = ["rotary_emb_base"],
    };

    public static readonly NumberKey PartialRotaryFactor = new("partial_rotary_factor", Required: false, 0, 1, "0.25")
    {
        Description = "Share of a head's coordinates that is turned. Default: 1.",
        Synonyms = ["rotary_pct"],
    };

    public static readonly IntegerKey RotarySize = new("rotary_dim", Required: false, 2, 1 << 12, "64")
    {
        Description = "Coordinates of a head that are turned, an even number. Default: all.",
    };

    public static readonly ChoiceKey<string> RopeType = new(
        "rope_type", Required: true, [.. RopeScaling.Kinds.Select(kind => new KeyValuePair<string, string>(kind, kind))], ["dynamic", "yarn", "longrope"])
    {
        Description = "How rotary frequencies are stretched.",
        FirstIsDefault = false,
        Synonyms = ["type"],
    };

    public static readonly NumberKey RopeFactor = new("factor", Required: true, 1, 1e6, "8")
    {
        Description = "What frequencies are divided by.",
    };

    public static readonly NumberKey LowFrequencyFactor = new("low_freq_factor", Required: false, 1e-6, 1e6, "1")
    {
        Description = "llama3: wavelengths above original_max_position_embeddings over this are divided.",
        Default = 1,
    };

    public static readonly NumberKey HighFrequencyFactor = new("high_freq_factor", Required: false, 1e-6, 1e6, "4")
    {
        Description = "llama3: wavelengths below original_max_position_embeddings over this stay as they are.",
        Default = 4,
    };

    public static readonly IntegerKey OriginalMaxPositionEmbeddings = new("original_max_position_embeddings", Required: false, 1, 1 << 24, "8192")
    {
        Description = "llama3: the context before it was stretched.",
        Default = 8192,
    };

    public static readonly SectionKey Scaling = new(
        "rope_scaling",
        "auxiliary.positions.rope_scaling",
        Required: false,
        [RopeType, RopeFactor, LowFrequencyFactor, HighFrequencyFactor, OriginalMaxPositionEmbeddings])
    {
        Description = "How rotary frequencies are stretched for a longer context. Default: not.",
    };

    public static readonly SectionKey Positions = new(
        "positions", "auxiliary.positions", Required: false, [PositionsKind, RopeTheta, PartialRotaryFactor, RotarySize, Scaling])
    {
        Description = "How positions enter.",
    };

    public static readonly BooleanKey AttentionBias = new("attention_bias", Required: false, Default: null)
    {
        Description = "Whether the maps around attention have biases. Default: true for gpt_neox, false for others that can have them.",
    };

    public static readonly BooleanKey FeedForwardBias = new("mlp_bias", Required: false, Default: null)
    {
        Description = "Whether the maps of the feed-forward block have biases. Default: false.",
    };

    public static readonly BooleanKey Bias = new("bias", Required: false, Default: null)
    {
        Description = "Whether all linear maps have biases. Default: true for opt, false for falcon.",
        Synonyms = ["enable_bias"],
    };

    public static readonly IntegerKey SlidingWindow = new("sliding_window", Required: false, 1, 1 << 24, "4096")
    {
        Description = "Tokens that a token attends to, itself included. Default: all before it.",
        Synonyms = ["window_size"],
    };

    public static readonly ListKey<bool> LayerTypes = new(
        "layer_types",
        new ChoiceKey<bool>("layer_types", Required: false, [new("full_attention", false), new("sliding_attention", true)], []))
    {
        Description = "For each layer whether it has the window. Default: all have it.",
        Synonyms = ["attention_layers", "attention_types"],
    };

    public static readonly NumberKey QueryScalar = new("query_pre_attn_scalar", Required: false, 1e-3, 1e6, "256")
    {
        Description = "What scores are divided by the root of. Default: head_dim.",
    };

    public static readonly NumberKey ScoreCap = new("attn_logit_softcapping", Required: false, 1e-3, 1e6, "50")
    {
        Description = "c of c tanh(score / c), which bounds the scores of attention. Default: none.",
    };

    public static readonly NumberKey LogitCap = new("final_logit_softcapping", Required: false, 1e-3, 1e6, "30")
    {
        Description = "c of c tanh(logit / c), which bounds the logits. Default: none.",
    };

    public static readonly BooleanKey ParallelResidual = new("use_parallel_residual", Required: false, Default: null)
    {
        Description = "Whether attention and feed-forward block read the same input. Default: true.",
        Synonyms = ["parallel_attn"],
    };

    public static readonly BooleanKey NewDecoderArchitecture = new("new_decoder_architecture", Required: false, Default: null)
    {
        Description = "Whether parallel blocks have a norm for each branch (Falcon-40B). Default: false.",
    };

    public static readonly BooleanKey TieWordEmbeddings = new("tie_word_embeddings", Required: false, Default: null)
    {
        Description = "Whether the output head is the token embedding. Default: false for "
            + string.Join(", ", KnownArchitectures.All.Where(architecture => !architecture.TiesEmbeddings)) + ", else true.",
    };

    public static readonly SectionKey Section = new(
        "auxiliary",
        "auxiliary",
        Required: true,
        [
            Architecture, VocabularySize, MaxPositionEmbeddings, HiddenSize, LayerCount, HeadCount, KeyValueHeadCount, HeadSize, IntermediateSize,
            EmbeddingSize, Activation, Norm, Positions, AttentionBias, FeedForwardBias, Bias, SlidingWindow, LayerTypes, QueryScalar, ScoreCap, LogitCap,
            ParallelResidual, NewDecoderArchitecture, TieWordEmbeddings,
        ])
    {
        Description = "The auxiliary model: the transformer that is simulated and trained. Keys are named as in Hugging Face config.json.",
    };
}

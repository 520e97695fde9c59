using static TinT.Model.Architectures.OptionKind;

namespace TinT.Model.Architectures;

/// <summary>What specs can say of auxiliary models.</summary>
public static class AuxiliaryOptionTable
{
    /// <summary>Embedding size D.</summary>
    public static AuxiliaryOption HiddenSize { get; } = new(
        "hidden_size", Size, model => model.HiddenSize, (options, value) => options with { HiddenSize = (int?)value });

    /// <summary>Blocks.</summary>
    public static AuxiliaryOption LayerCount { get; } = new(
        "num_hidden_layers", Size, model => model.LayerCount, (options, value) => options with { LayerCount = (int?)value });

    /// <summary>Heads.</summary>
    public static AuxiliaryOption HeadCount { get; } = new(
        "num_attention_heads", Size, model => model.HeadCount, (options, value) => options with { HeadCount = (int?)value });

    /// <summary>Heads of keys and values.</summary>
    public static AuxiliaryOption KeyValueHeadCount { get; } =
        new("num_key_value_heads", Size, model => model.KeyValueHeadCount, (options, value) => options with { KeyValueHeadCount = (int?)value });

    /// <summary>Coordinates of a head.</summary>
    public static AuxiliaryOption HeadSize { get; } = new(
        "head_dim", Size, model => model.HeadSize, (options, value) => options with { HeadSize = (int?)value });

    /// <summary>Feed-forward width.</summary>
    public static AuxiliaryOption IntermediateSize { get; } =
        new("intermediate_size", Size, model => model.IntermediateSize, (options, value) => options with { IntermediateSize = (int?)value });

    /// <summary>Context.</summary>
    public static AuxiliaryOption MaxPositionEmbeddings { get; } =
        new("max_position_embeddings", Size, model => model.MaxPositionEmbeddings, (options, value) => options with { MaxPositionEmbeddings = (int?)value });

    /// <summary>Vocabulary.</summary>
    public static AuxiliaryOption VocabularySize { get; } = new(
        "vocab_size", Size, model => model.VocabularySize, (options, value) => options with { VocabularySize = (int?)value });

    /// <summary>Width of token embeddings.</summary>
    public static AuxiliaryOption EmbeddingSize { get; } =
        new("word_embed_proj_dim", Size, model => model.EmbeddingSize, (options, value) => options with { EmbeddingSize = (int?)value });

    /// <summary>Activation.</summary>
    public static AuxiliaryOption Activation { get; } = new(
        "activation", Word, model => model.Activation, (options, value) => options with { Activation = (string?)value });

    /// <summary>ε.</summary>
    public static AuxiliaryOption NormEpsilon { get; } = new(
        "norm.epsilon", Number, model => model.NormEpsilon, (options, value) => options with { NormEpsilon = (double?)value });

    /// <summary>Where norms stand, as <c>do_layer_norm_before</c> says it.</summary>
    public static AuxiliaryOption NormsBefore { get; } = new(
        "norm.placement",
        Flag,
        model => model.NormPlacement == NormPlacement.Pre,
        (options, value) => options with { NormPlacement = value is null ? null : (bool)value ? NormPlacement.Pre : NormPlacement.Post })
    {
        FlagWords = ("pre", "post"),
    };

    /// <summary>Whether positions are ALiBi's, as Falcon's <c>alibi</c> says it.</summary>
    public static AuxiliaryOption IsAlibi { get; } = new(
        "positions.kind",
        Flag,
        model => model.Positions == PositionKind.Alibi,
        (options, value) => options with { Positions = value is null ? null : (bool)value ? PositionKind.Alibi : PositionKind.Rotary })
    {
        FlagWords = ("alibi", "rotary"),
    };

    /// <summary>Base of rotary frequencies.</summary>
    public static AuxiliaryOption RopeTheta { get; } =
        new("positions.rope_theta", Number, model => model.Rotary?.Theta, (options, value) => options with { RopeTheta = (double?)value });

    /// <summary>Coordinates of a head that are turned, as a share.</summary>
    public static AuxiliaryOption PartialRotaryFactor { get; } = new(
        "positions.partial_rotary_factor",
        Number,
        model => model.Rotary is { } rotary ? Share(rotary.Size, model.HeadSize) : null,
        (options, value) => options with { PartialRotaryFactor = (double?)value });

    /// <summary>Coordinates of a head that are turned.</summary>
    public static AuxiliaryOption RotarySize { get; } = new(
        "positions.rotary_dim", Size, model => model.Rotary?.Size, (options, value) => options with { RotarySize = (int?)value });

    /// <summary>How rotary frequencies are stretched.</summary>
    public static AuxiliaryOption Scaling { get; } =
        new("positions.rope_scaling", OptionKind.RopeScaling, model => model.Rotary?.Scaling, (options, value) => options with { RopeScaling = (RopeScaling?)value });

    /// <summary>Biases of the maps around attention.</summary>
    public static AuxiliaryOption AttentionBias { get; } = new(
        "attention_bias", Flag, model => (model.Biases & ModuleBiases.QueryKeyValue) != 0, (options, value) => options with { AttentionBias = (bool?)value });

    /// <summary>Biases of the feed-forward module.</summary>
    public static AuxiliaryOption FeedForwardBias { get; } = new(
        "mlp_bias", Flag, model => (model.Biases & ModuleBiases.FeedForward) != 0, (options, value) => options with { FeedForwardBias = (bool?)value });

    /// <summary>Biases of all maps.</summary>
    public static AuxiliaryOption Bias { get; } = new(
        "bias", Flag, model => (model.Biases & ModuleBiases.FeedForward) != 0, (options, value) => options with { Bias = (bool?)value });

    /// <summary>Window of attention.</summary>
    public static AuxiliaryOption SlidingWindow { get; } = new(
        "sliding_window", Size, model => model.SlidingWindow == 0
            ? null
            : model.SlidingWindow, (options, value) => options with { SlidingWindow = (int?)value });

    /// <summary>The layers that have it.</summary>
    public static AuxiliaryOption LayerTypes { get; } = new(
        "layer_types",
        OptionKind.LayerTypes,
        model => model.SlidingLayers.Count == 0 ? null : model.SlidingLayers,
        (options, value) => options with { SlidingLayers = (EquatableArray<bool>?)value });

    /// <summary>What scores are divided by the root of.</summary>
    public static AuxiliaryOption QueryScalar { get; } = new(
        "query_pre_attn_scalar", Number, model => model.QueryScalar ?? model.HeadSize, (options, value) => options with { QueryScalar = (double?)value });

    /// <summary>Bound of scores.</summary>
    public static AuxiliaryOption ScoreCap { get; } = new(
        "attn_logit_softcapping", Number, model => model.ScoreCap, (options, value) => options with { ScoreCap = (double?)value });

    /// <summary>Bound of logits.</summary>
    public static AuxiliaryOption LogitCap { get; } = new(
        "final_logit_softcapping", Number, model => model.LogitCap, (options, value) => options with { LogitCap = (double?)value });

    /// <summary>Whether the branches of a block are parallel.</summary>
    public static AuxiliaryOption ParallelResidual { get; } = new(
        "use_parallel_residual", Flag, model => model.Block != BlockShape.Sequential, (options, value) => options with { ParallelResidual = (bool?)value });

    /// <summary>Whether parallel branches have norms of their own.</summary>
    public static AuxiliaryOption NewDecoderArchitecture { get; } = new(
        "new_decoder_architecture", Flag, model => model.Block == BlockShape.ParallelTwoNorms, (options, value) => options with { NewDecoderArchitecture = (bool?)value });

    /// <summary>What only some architectures leave open.</summary>
    public static IReadOnlyList<AuxiliaryOption> Special { get; } =
    [
        KeyValueHeadCount, HeadSize, EmbeddingSize, RopeTheta, PartialRotaryFactor, RotarySize, Scaling, AttentionBias, FeedForwardBias, Bias, SlidingWindow,
        LayerTypes, QueryScalar, ScoreCap, LogitCap, ParallelResidual, NewDecoderArchitecture,
    ];

    /// <summary>Whether the output head is the token embedding.</summary>
    public static AuxiliaryOption TieWordEmbeddings { get; } = new(
        "tie_word_embeddings", Flag, model => model.TiesEmbeddings, (options, value) => options with { TieWordEmbeddings = (bool?)value });

    /// <summary>All of them.</summary>
    public static IReadOnlyList<AuxiliaryOption> All { get; } =
    [
        HiddenSize, LayerCount, HeadCount, KeyValueHeadCount, HeadSize, IntermediateSize, MaxPositionEmbeddings, VocabularySize, EmbeddingSize, Activation,
        NormEpsilon, NormsBefore, IsAlibi, RopeTheta, PartialRotaryFactor, RotarySize, Scaling, AttentionBias, FeedForwardBias, Bias, SlidingWindow, LayerTypes,
        QueryScalar, ScoreCap, LogitCap, ParallelResidual, NewDecoderArchitecture, TieWordEmbeddings,
    ];

    /// <summary>A share of a whole that gives a part again when the product is rounded down.</summary>
    private static double Share(int part, int whole)
    {
        double share = (double)part / whole;
        return (int)(whole * share) == part ? share : (part + 0.5) / whole;
    }
}

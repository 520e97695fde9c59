using System.Globalization;
using TinT.Model;
using TinT.Model.Architectures;

namespace TinT.Tests.Common;

/// <summary>A spec small enough to compile and run many of; properties are the keys of the format.</summary>
/// <param name="Model">Name of the model.</param>
public sealed record SmallSpec(string Model)
{
    /// <summary>Every activation of the format.</summary>
    public static IReadOnlyList<string> Activations { get; } = ["gelu_new", "gelu", "relu", "silu", "quick_gelu"];

    /// <summary>Every architecture of the format.</summary>
    public static IReadOnlyList<string> Architectures { get; } = [.. KnownArchitectures.All.Select(architecture => architecture.Name)];

    /// <summary>Every <c>attention</c> of the format.</summary>
    public static IReadOnlyList<string> Attentions { get; } = ["none", "values", "exact"];

    /// <summary>Every <c>compatibility</c> of the format.</summary>
    public static IReadOnlyList<string> Compatibilities { get; } = ["none", "authors"];

    /// <summary>Every <c>layer_norm</c> of the format.</summary>
    public static IReadOnlyList<string> LayerNorms { get; } = ["none", "bias", "gain", "full"];

    /// <summary>Every <c>loss</c> of the format.</summary>
    public static IReadOnlyList<string> Losses { get; } = ["softmax", "quadratic", "mean_embedding"];

    /// <summary>Every <c>update</c> that decides.</summary>
    public static IReadOnlyList<string> Updates { get; } = ["primal", "dual"];

    /// <summary><c>auxiliary.architecture</c>.</summary>
    public string Architecture { get; init; } = "gpt2";

    /// <summary><c>auxiliary.vocab_size</c>.</summary>
    public int VocabularySize { get; init; } = 29;

    /// <summary><c>auxiliary.max_position_embeddings</c>.</summary>
    public int Context { get; init; } = 16;

    /// <summary><c>auxiliary.hidden_size</c>, D.</summary>
    public int HiddenSize { get; init; } = 16;

    /// <summary><c>auxiliary.num_hidden_layers</c>.</summary>
    public int LayerCount { get; init; } = 2;

    /// <summary><c>auxiliary.num_attention_heads</c>, h.</summary>
    public int HeadCount { get; init; } = 2;

    /// <summary>Feed-forward width in multiples of D.</summary>
    public int FeedForwardBlocks { get; init; } = 4;

    /// <summary>What else the spec says of the auxiliary model; sizes that it says count instead of those here.</summary>
    public AuxiliaryOptions Options { get; init; } = new();

    /// <summary><c>auxiliary.activation</c>.</summary>
    public string Activation { get; init; } = "gelu_new";

    /// <summary><c>auxiliary.norm.epsilon</c>.</summary>
    public double NormEpsilon { get; init; } = 1e-5;

    /// <summary><c>simulator.sharding</c>, S.</summary>
    public int Sharding { get; init; } = 4;

    /// <summary><c>training.method</c>.</summary>
    public string Method { get; init; } = "tint";

    /// <summary><c>training.steps</c>.</summary>
    public int Steps { get; init; } = 1;

    /// <summary><c>training.layers</c>.</summary>
    public int TrainedLayers { get; init; } = 2;

    /// <summary><c>training.learning_rate</c>.</summary>
    public double LearningRate { get; init; } = 1e-2;

    /// <summary><c>training.loss</c>.</summary>
    public string Loss { get; init; } = "softmax";

    /// <summary><c>training.layer_norm</c>.</summary>
    public string LayerNorm { get; init; } = "bias";

    /// <summary><c>training.attention</c>.</summary>
    public string Attention { get; init; } = "values";

    /// <summary><c>training.taylor_scale</c>, N.</summary>
    public double TaylorScale { get; init; } = 1000;

    /// <summary><c>training.compatibility</c>.</summary>
    public string Compatibility { get; init; } = "none";

    /// <summary><c>training.update</c>.</summary>
    public string Update { get; init; } = "auto";

    /// <summary>The same with true gradients, which pass through attention and start at targets.</summary>
    public SmallSpec Exact() => this with
    {
        Method = "exact",
        Attention = Attention == "none" ? "values" : Attention,
        Compatibility = "none",
    };

    /// <summary>File name of the spec.</summary>
    public string FileName => Model + ".tint.yaml";

    /// <summary>What it simulates, by the rules of the format and not by the compiler.</summary>
    public SimulatorDescription Description => new(
        Model,
        Auxiliary,
        new TrainingDescription(Steps, TrainedLayers, LearningRate, Loss, LayerNorm, Attention, TaylorScale, Compatibility) { Method = Method },
        Sharding,
        HiddenSize / Sharding,
        SimulatorBlocks * HiddenSize,
        SimulatorBlocks * HiddenSize / SimulatorHeadSize);

    private AuxiliaryDescription Auxiliary => KnownArchitectures.Of(Architecture).Describe(Options with
    {
        VocabularySize = VocabularySize,
        MaxPositionEmbeddings = Context,
        HiddenSize = HiddenSize,
        LayerCount = LayerCount,
        HeadCount = HeadCount,
        IntermediateSize = IntermediateSize,
        Activation = Activation,
        NormEpsilon = NormEpsilon,
    });

    private int IntermediateSize => Options.IntermediateSize ?? FeedForwardBlocks * HiddenSize;

    /// <summary>The spec as text.</summary>
    public string Text => FormattableString.Invariant($"""
        tint: 1
        model: {Model}
        auxiliary:
          architecture: {Architecture}
          vocab_size: {VocabularySize}
          max_position_embeddings: {Context}
          hidden_size: {HiddenSize}
          num_hidden_layers: {LayerCount}
          num_attention_heads: {HeadCount}
          intermediate_size: {IntermediateSize}
          activation: {Activation}
        {string.Join("\n", OptionLines().Select(line => "  " + line))}
        simulator:
          sharding: {Sharding}
          hidden_size: {SimulatorBlocks * HiddenSize}
          num_attention_heads: {SimulatorBlocks * HiddenSize / SimulatorHeadSize}
        training:
          steps: {Steps}
          layers: {TrainedLayers}
          learning_rate: {LearningRate}
          loss: {Loss}
          layer_norm: {LayerNorm}
          attention: {Attention}
          method: {Method}
          taylor_scale: {TaylorScale}
          compatibility: {Compatibility}
          update: {Update}

        """);

    /// <summary>H / D: room for the S rows of a prefix and its bias, and for the signal, q, k and the input of attention.</summary>
    private int SimulatorBlocks
    {
        get
        {
            AuxiliaryDescription model = Auxiliary;
            int Blocks(int width) => (width + HiddenSize - 1) / HiddenSize;
            int keys = Blocks(model.KeyValueSize);
            int room = Math.Max(Sharding + 1, Math.Max(4, (2 * Blocks(model.QuerySize)) + keys + (Attention == "exact" && Method == "tint" ? keys : 1)));
            return Math.Max(room, Blocks(HeadCount * SimulatorHeadSize));
        }
    }

    /// <summary>The least divisor of D that holds a head, and where heads divide D a whole number of them.</summary>
    private int SimulatorHeadSize
    {
        get
        {
            int head = Auxiliary.HeadSize;
            return Enumerable.Range(head, HiddenSize).First(size => HiddenSize % size == 0 && (HiddenSize % head != 0 || size % head == 0));
        }
    }

    private IEnumerable<string> OptionLines()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"norm: {{epsilon: {NormEpsilon}{(Options.NormPlacement is { } placement ? $", placement: {placement.ToString().ToLowerInvariant()}" : "")}}}");
        if (Options.KeyValueHeadCount is { } groups)
            yield return $"num_key_value_heads: {groups}";
        if (Options.HeadSize is { } head)
            yield return $"head_dim: {head}";
        if (Options.EmbeddingSize is { } embedding)
            yield return $"word_embed_proj_dim: {embedding}";
        string[] positions =
        [
            .. Options.Positions is { } kind ? [$"kind: {kind.ToString().ToLowerInvariant()}"] : Array.Empty<string>(),
            .. Options.RopeTheta is { } theta ? [string.Create(CultureInfo.InvariantCulture, $"rope_theta: {theta}")] : Array.Empty<string>(),
            .. Options.PartialRotaryFactor is { } factor
                ? [string.Create(CultureInfo.InvariantCulture, $"partial_rotary_factor: {factor}")]
                : Array.Empty<string>(),
            .. Options.RotarySize is { } size ? [$"rotary_dim: {size}"] : Array.Empty<string>(),
            .. Options.RopeScaling is { } scaling ? [$"rope_scaling: {{{Scaling(scaling)}}}"] : Array.Empty<string>(),
        ];
        if (positions.Length > 0)
            yield return $"positions: {{{string.Join(", ", positions)}}}";
        foreach ((string key, bool? value) in new[]
        {
            ("attention_bias", Options.AttentionBias), ("mlp_bias", Options.FeedForwardBias), ("bias", Options.Bias), ("use_parallel_residual", Options.ParallelResidual),
            ("new_decoder_architecture", Options.NewDecoderArchitecture), ("tie_word_embeddings", Options.TieWordEmbeddings),
        })
        {
            if (value is { } given)
                yield return $"{key}: {(given ? "true" : "false")}";
        }

        if (Options.SlidingWindow is { } window)
            yield return $"sliding_window: {window}";
        foreach ((string key, double? value) in new[]
        {
            ("query_pre_attn_scalar", Options.QueryScalar), ("attn_logit_softcapping", Options.ScoreCap), ("final_logit_softcapping", Options.LogitCap),
        })
        {
            if (value is { } number)
                yield return string.Create(CultureInfo.InvariantCulture, $"{key}: {number}");
        }

        if (Options.SlidingLayers is { } layers)
            yield return $"layer_types: [{string.Join(", ", layers.Select(slides => slides ? "sliding_attention" : "full_attention"))}]";
    }

    private static string Scaling(RopeScaling scaling)
    {
        string kind = string.Create(CultureInfo.InvariantCulture, $"rope_type: {scaling.Kind}, factor: {scaling.Factor}");
        return scaling.Kind == RopeScaling.Linear
            ? kind
            : string.Create(CultureInfo.InvariantCulture, $"{kind}, low_freq_factor: {scaling.LowFrequencyFactor}, high_freq_factor: {scaling.HighFrequencyFactor}, original_max_position_embeddings: {scaling.OriginalMaxPositionEmbeddings}");
    }
}

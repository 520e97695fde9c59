using TinT.Model.Activations;
using TinT.Model.Parameters;

namespace TinT.Model.Architectures;

/// <summary>A family of auxiliary transformers, as data: what its models are, what specs can say of them, fields of its <c>config.json</c> and tensors of its checkpoints.</summary>
public sealed record Architecture
{
    /// <summary>Its word in specs, and Hugging Face's <c>model_type</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Beginning of its class names in <c>transformers</c>, as in <c>GPT2LMHeadModel</c>.</summary>
    public required string ClassName { get; init; }

    /// <summary>How the branches of a block stand to each other.</summary>
    public BlockShape Block { get; init; }

    /// <summary>Where the norms of a block stand.</summary>
    public NormPlacement NormPlacement { get; init; }

    /// <summary>The norm of all hidden states, by its word in specs.</summary>
    public string Norm { get; init; } = "layer_norm";

    /// <summary>ε of models that state none.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>Activation of models that state none.</summary>
    public required string Activation { get; init; }

    /// <summary>Whether the feed-forward module is gated.</summary>
    public bool IsGated { get; init; }

    /// <summary>The kinds of positions that there are, the usual one first.</summary>
    public IReadOnlyList<PositionKind> Positions { get; init; } = [PositionKind.Learned];

    /// <summary>Rows in front of the position table that belong to no position.</summary>
    public int UnusedPositions { get; init; }

    /// <summary>Base of rotary frequencies of models that state none.</summary>
    public double RopeTheta { get; init; } = 10000;

    /// <summary>Whether turned pairs are neighbours.</summary>
    public bool InterleavesRotary { get; init; }

    /// <summary>Whether ALiBi's part of a score is divided by √d too.</summary>
    public bool ScalesAlibi { get; init; }

    /// <summary>Whether scores are divided by √d.</summary>
    public bool ScalesScores { get; init; } = true;

    /// <summary>Whether queries and keys are normalized.</summary>
    public bool HasQueryKeyNorm { get; init; }

    /// <summary>Whether token embeddings are normalized.</summary>
    public bool HasEmbeddingNorm { get; init; }

    /// <summary>Whether token embeddings are multiplied by √D.</summary>
    public bool ScalesEmbeddings { get; init; }

    /// <summary>Whether the output head is the token embedding, of models that do not say so.</summary>
    public bool TiesEmbeddings { get; init; } = true;

    /// <summary>The modules with biases, of models that do not say so.</summary>
    public ModuleBiases Biases { get; init; } = ModuleBiases.Layers;

    /// <summary>The modules whose biases the option <c>attention_bias</c> says.</summary>
    public ModuleBiases AttentionBiases { get; init; } = ModuleBiases.QueryKeyValue | ModuleBiases.AttentionOutput;

    /// <summary>Heads of keys and values of models that state none; <see langword="null"/> for as many as heads.</summary>
    public Func<AuxiliaryOptions, int?> KeyValueHeads { get; init; } = _ => null;

    /// <summary>What a spec can say beyond the sizes, activation and ε.</summary>
    public IReadOnlyList<AuxiliaryOption> Options { get; init; } = [];

    /// <summary>Fields of <c>config.json</c>, in the order in which they are compared.</summary>
    public required IReadOnlyList<ConfigurationField> Fields { get; init; }

    /// <summary>Flags of <c>config.json</c> that must have a value, which is also what their absence means.</summary>
    public IReadOnlyList<(string Field, bool Value)> Flags { get; init; } = [];

    /// <summary>What <see cref="Fields"/> cannot say of a <c>config.json</c>.</summary>
    public Func<IConfiguration, AuxiliaryOptions, AuxiliaryOptions> Adjust { get; init; } = (_, options) => options;

    /// <summary>Fields that make a <c>config.json</c> say what <see cref="Adjust"/> reads.</summary>
    public Func<AuxiliaryDescription, IEnumerable<(string Field, object Value)>> Adjusted { get; init; } = _ => [];

    /// <summary>Token that the tokenizer of these models puts before each line.</summary>
    public string? LineStartToken { get; init; }

    /// <summary>Tensors of the checkpoints. Of each the models have it that have its parts.</summary>
    public required IReadOnlyList<StoredTensor> Tensors { get; init; }

    /// <summary>A model of which some is said: the rest is as in this architecture.</summary>
    /// <param name="options">What is said. Sizes that are missing are 1, so that rules can look at the rest.</param>
    public AuxiliaryDescription Describe(AuxiliaryOptions options)
    {
        if (options is null)
            throw new ArgumentNullException(nameof(options));
        int width = options.HiddenSize ?? 1;
        int heads = options.HeadCount ?? 1;
        int headSize = options.HeadSize ?? Math.Max(1, width / heads);
        PositionKind positions = options.Positions ?? Positions[0];
        return new AuxiliaryDescription(
            Name,
            options.VocabularySize ?? 1,
            options.MaxPositionEmbeddings ?? 1,
            width,
            options.LayerCount ?? 1,
            heads,
            options.IntermediateSize ?? (int)Math.Min(int.MaxValue, 4L * width),
            KnownActivations.Of(options.Activation ?? Activation).Name,
            options.NormEpsilon ?? Epsilon)
        {
            KeyValueHeadCount = options.KeyValueHeadCount ?? KeyValueHeads(options) ?? heads,
            HeadSize = headSize,
            EmbeddingSize = options.EmbeddingSize ?? width,
            Norm = Norm,
            NormPlacement = options.NormPlacement ?? NormPlacement,
            Block = BlockOf(options),
            IsGated = IsGated,
            Positions = positions,
            UnusedPositions = UnusedPositions,
            Rotary = positions == PositionKind.Rotary ? RotaryOf(options, headSize) : null,
            ScalesAlibi = ScalesAlibi && positions == PositionKind.Alibi,
            SlidingWindow = WindowsOf(options).Window,
            SlidingLayers = WindowsOf(options).Layers,
            ScalesScores = ScalesScores,
            QueryScalar = options.QueryScalar == headSize ? null : options.QueryScalar,
            ScoreCap = options.ScoreCap,
            LogitCap = options.LogitCap,
            HasEmbeddingNorm = HasEmbeddingNorm,
            ScalesEmbeddings = ScalesEmbeddings,
            HasQueryKeyNorm = HasQueryKeyNorm,
            TiesEmbeddings = options.TieWordEmbeddings ?? TiesEmbeddings,
            Biases = BiasesOf(options),
        };
    }

    /// <summary>The tensor in which checkpoints of a model have a parameter tensor.</summary>
    /// <param name="model">The model.</param>
    /// <param name="kind">The parameter tensor.</param>
    /// <exception cref="ArgumentException">Its checkpoints have none.</exception>
    public StoredTensor TensorOf(AuxiliaryDescription model, ParameterKind kind) =>
        Tensors.FirstOrDefault(tensor => tensor.Parts.Contains(kind) && tensor.IsOf(model))
        ?? throw new ArgumentException($"Checkpoints of the architecture {Name} have no {kind}.", nameof(kind));

    /// <inheritdoc/>
    public override string ToString() => Name;

    private BlockShape BlockOf(AuxiliaryOptions options)
    {
        bool parallel = options.ParallelResidual ?? Block != BlockShape.Sequential;
        bool twoNorms = options.NewDecoderArchitecture ?? Block == BlockShape.ParallelTwoNorms;
        return !parallel ? BlockShape.Sequential : twoNorms ? BlockShape.ParallelTwoNorms : BlockShape.Parallel;
    }

    private RotaryDescription RotaryOf(AuxiliaryOptions options, int headSize) => new(
        options.RopeTheta ?? RopeTheta,
        options.RotarySize ?? (int)(headSize * (options.PartialRotaryFactor ?? 1)),
        InterleavesRotary,
        options.RopeScaling);

    /// <summary>A window that no layer has is none, and one that all have needs no list.</summary>
    private static (int Window, EquatableArray<bool> Layers) WindowsOf(AuxiliaryOptions options)
    {
        int window = options.SlidingWindow ?? 0;
        if (window == 0 || options.SlidingLayers is not { Count: > 0 } layers || layers.All(slides => slides))
            return (window, default);
        return layers.Any(slides => slides) ? (window, layers) : (0, default);
    }

    private ModuleBiases BiasesOf(AuxiliaryOptions options)
    {
        ModuleBiases biases = Biases;
        Set(options.Bias, ModuleBiases.QueryKeyValue | ModuleBiases.AttentionOutput | ModuleBiases.FeedForward);
        Set(options.AttentionBias, AttentionBiases);
        Set(options.FeedForwardBias, ModuleBiases.FeedForward);
        return biases;

        void Set(bool? value, ModuleBiases modules) => biases = value is null ? biases : value.Value ? biases | modules : biases & ~modules;
    }
}

namespace TinT.Model.Parameters;

/// <summary>The vocabulary of parameters: every role with its symbol, its module, its shape and when a model has it.</summary>
public static class ParameterRoles
{
    /// <summary>All roles, in the order of a forward pass.</summary>
    public static IReadOnlyList<ParameterRole> All { get; } =
    [
        Outside(Matrix(ParameterKind.TokenEmbedding, "E", "embedding.token", model => (model.VocabularySize, model.EmbeddingSize))),
        Outside(Matrix(
            ParameterKind.PositionEmbedding,
            "P",
            "embedding.position",
            model => (model.MaxPositionEmbeddings + model.UnusedPositions, model.HiddenSize),
            model => model.Positions == PositionKind.Learned)),
        Outside(Matrix(
            ParameterKind.ProjectInWeight, "W_in", "embedding.project_in", model => (model.HiddenSize, model.EmbeddingSize), model => model.IsProjected)),
        .. Norm(ParameterKind.EmbeddingNormGain, ParameterKind.EmbeddingNormBias, "e", "embedding.norm", model => model.HasEmbeddingNorm).Select(Outside),
        .. Norm(ParameterKind.AttentionNormGain, ParameterKind.AttentionNormBias, "₁", "norm1", _ => true),
        .. Linear(ParameterKind.QueryWeight, ParameterKind.QueryBias, "q", "attention.query", model => (model.QuerySize, model.HiddenSize), ModuleBiases.QueryKeyValue),
        .. Linear(
            ParameterKind.KeyWeight, ParameterKind.KeyBias, "k", "attention.key", model => (model.KeyValueSize, model.HiddenSize), ModuleBiases.QueryKeyValue),
        .. Linear(ParameterKind.ValueWeight, ParameterKind.ValueBias, "v", "attention.value", model => (model.KeyValueSize, model.HiddenSize), ModuleBiases.QueryKeyValue),
        new(ParameterKind.QueryNormGain, "G_q", "attention.query_norm", ParameterField.Gain, model => (1, model.HeadSize), model => model.HasQueryKeyNorm),
        new(ParameterKind.KeyNormGain, "G_k", "attention.key_norm", ParameterField.Gain, model => (1, model.HeadSize), model => model.HasQueryKeyNorm),
        .. Linear(ParameterKind.OutputWeight, ParameterKind.OutputBias, "o", "attention.output", model => (model.HiddenSize, model.QuerySize), ModuleBiases.AttentionOutput),
        OutputNorm(ParameterKind.AttentionOutputNormGain, "G₁′", "attention.output_norm"),
        .. Norm(ParameterKind.FeedForwardNormGain, ParameterKind.FeedForwardNormBias, "₂", "norm2", model => model.Block != BlockShape.Parallel),
        .. Linear(ParameterKind.GateWeight, ParameterKind.GateBias, "g", "feed_forward.gate", Inner, ModuleBiases.FeedForward, model => model.IsGated),
        .. Linear(ParameterKind.UpWeight, ParameterKind.UpBias, "₁", "feed_forward.up", Inner, ModuleBiases.FeedForward, biasSymbol: "c₁"),
        .. Linear(ParameterKind.DownWeight, ParameterKind.DownBias, "₂", "feed_forward.down", Outer, ModuleBiases.FeedForward, biasSymbol: "c₂"),
        OutputNorm(ParameterKind.FeedForwardOutputNormGain, "G₂′", "feed_forward.output_norm"),
        .. Norm(ParameterKind.FinalNormGain, ParameterKind.FinalNormBias, "f", "final_norm", model => model.NormPlacement != NormPlacement.Post).Select(Outside),
        Outside(
            Matrix(ParameterKind.ProjectOutWeight, "W_out", "head.project_out", model => (model.EmbeddingSize, model.HiddenSize), model => model.IsProjected)),
        Outside(Matrix(ParameterKind.HeadWeight, "W_h", "head", model => (model.VocabularySize, model.EmbeddingSize), model => !model.TiesEmbeddings)),
        Outside(new(
            ParameterKind.HeadBias, "b_h", "head", ParameterField.Bias, model => (1, model.VocabularySize), model => (model.Biases & ModuleBiases.Head) != 0)),
    ];

    private static readonly Dictionary<ParameterKind, ParameterRole> ByKind = All.ToDictionary(role => role.Kind);

    private static readonly Dictionary<(string, ParameterField), ParameterRole> ByPlace = All.ToDictionary(role => (role.Module, role.Field));

    /// <summary>The row of a kind.</summary>
    /// <param name="kind">The kind.</param>
    public static ParameterRole Of(ParameterKind kind) => ByKind[kind];

    /// <summary>The role of a field of a module; <see langword="null"/> if the module has no such field.</summary>
    /// <param name="module">The module.</param>
    /// <param name="field">The field.</param>
    public static ParameterRole? Find(string module, ParameterField field) => ByPlace.TryGetValue((module, field), out ParameterRole? role) ? role : null;

    /// <summary>Whether a model has a parameter tensor.</summary>
    /// <param name="model">The model.</param>
    /// <param name="kind">The parameter tensor.</param>
    public static bool Has(this AuxiliaryDescription model, ParameterKind kind) => Of(kind).Exists(model);

    /// <summary>Whether a module of a model has a bias.</summary>
    /// <param name="model">The model.</param>
    /// <param name="module">The module, such as <c>attention.query</c>.</param>
    public static bool HasBias(this AuxiliaryDescription model, string module) => Find(module, ParameterField.Bias) is { } bias && bias.Exists(model);

    /// <summary>The output head: a matrix of its own or the token embedding.</summary>
    /// <param name="model">The model.</param>
    public static ParameterKind HeadKind(this AuxiliaryDescription model) => model.TiesEmbeddings ? ParameterKind.TokenEmbedding : ParameterKind.HeadWeight;

    /// <summary>Weights and biases of a model; an output head that is the token embedding counts once.</summary>
    /// <param name="model">The model.</param>
    public static long ParameterCount(this AuxiliaryDescription model) => All.Where(role => role.Exists(model)).Sum(role =>
    {
        (int rows, int columns) = role.Shape(model);
        return (long)rows * columns * (role.IsOfLayers ? model.LayerCount : 1);
    });

    private static (int Rows, int Columns) Inner(AuxiliaryDescription model) => (model.IntermediateSize, model.HiddenSize);

    private static (int Rows, int Columns) Outer(AuxiliaryDescription model) => (model.HiddenSize, model.IntermediateSize);

    /// <summary>A norm behind a branch; no model has a bias there.</summary>
    private static ParameterRole OutputNorm(ParameterKind gain, string symbol, string module) =>
        new(gain, symbol, module, ParameterField.Gain, model => (1, model.HiddenSize), model => model.NormPlacement == NormPlacement.Both);

    private static ParameterRole Outside(ParameterRole role) => role with { IsOfLayers = false };

    private static ParameterRole Matrix(
        ParameterKind kind, string symbol, string module, Func<AuxiliaryDescription, (int Rows, int Columns)> shape, Func<AuxiliaryDescription, bool>? exists =
            null) =>
        new(kind, symbol, module, ParameterField.Weight, shape, exists ?? (_ => true));

    private static ParameterRole[] Linear(
        ParameterKind weight,
        ParameterKind bias,
        string index,
        string module,
        Func<AuxiliaryDescription, (int Rows, int Columns)> shape,
        ModuleBiases biases,
        Func<AuxiliaryDescription, bool>? exists = null,
        string? biasSymbol = null)
    {
        string subscript = index.All(character => character < 128) ? "_" + index : index;
        return
        [
            Matrix(weight, "W" + subscript, module, shape, exists),
            new(
                bias,
                biasSymbol ?? "b" + subscript,
                module,
                ParameterField.Bias,
                model => (1, shape(model).Rows),
                model => (exists is null || exists(model)) && (model.Biases & biases) != 0),
        ];
    }

    private static ParameterRole[] Norm(ParameterKind gain, ParameterKind bias, string index, string module, Func<AuxiliaryDescription, bool> exists)
    {
        string subscript = index.All(character => character < 128) ? "_" + index : index;
        return
        [
            new(gain, "G" + subscript, module, ParameterField.Gain, model => (1, model.HiddenSize), exists),
            new(bias, "β" + subscript, module, ParameterField.Bias, model => (1, model.HiddenSize), model => exists(model) && (model.Biases & ModuleBiases.Norms) != 0),
        ];
    }
}

namespace TinT.Model.Parameters;

/// <summary>The vocabulary of parameters: every role with its symbol, its module and its shape.</summary>
public static class ParameterRoles
{
    /// <summary>All roles, in the order of a forward pass.</summary>
    public static IReadOnlyList<ParameterRole> All { get; } =
    [
        Matrix(ParameterKind.TokenEmbedding, "E", "embedding.token", sizes => (sizes.VocabularySize, sizes.HiddenSize)),
        Matrix(ParameterKind.PositionEmbedding, "P", "embedding.position", sizes => (sizes.MaxPositionEmbeddings + sizes.UnusedPositions, sizes.HiddenSize)),
        Gain(ParameterKind.AttentionNormGain, "G₁", "norm1"),
        Bias(ParameterKind.AttentionNormBias, "β₁", "norm1", sizes => sizes.HiddenSize),
        Matrix(ParameterKind.QueryWeight, "W_q", "attention.query", Square),
        Bias(ParameterKind.QueryBias, "b_q", "attention.query", sizes => sizes.HiddenSize),
        Matrix(ParameterKind.KeyWeight, "W_k", "attention.key", Square),
        Bias(ParameterKind.KeyBias, "b_k", "attention.key", sizes => sizes.HiddenSize),
        Matrix(ParameterKind.ValueWeight, "W_v", "attention.value", Square),
        Bias(ParameterKind.ValueBias, "b_v", "attention.value", sizes => sizes.HiddenSize),
        Matrix(ParameterKind.OutputWeight, "W_o", "attention.output", Square),
        Bias(ParameterKind.OutputBias, "b_o", "attention.output", sizes => sizes.HiddenSize),
        Gain(ParameterKind.FeedForwardNormGain, "G₂", "norm2"),
        Bias(ParameterKind.FeedForwardNormBias, "β₂", "norm2", sizes => sizes.HiddenSize),
        Matrix(ParameterKind.ExpandWeight, "W₁", "feed_forward.up", sizes => (sizes.IntermediateSize, sizes.HiddenSize)),
        Bias(ParameterKind.ExpandBias, "c₁", "feed_forward.up", sizes => sizes.IntermediateSize),
        Matrix(ParameterKind.ContractWeight, "W₂", "feed_forward.down", sizes => (sizes.HiddenSize, sizes.IntermediateSize)),
        Bias(ParameterKind.ContractBias, "c₂", "feed_forward.down", sizes => sizes.HiddenSize),
        Gain(ParameterKind.FinalNormGain, "G_f", "final_norm"),
        Bias(ParameterKind.FinalNormBias, "β_f", "final_norm", sizes => sizes.HiddenSize),
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

    private static (int Rows, int Columns) Square(ModelSizes sizes) => (sizes.HiddenSize, sizes.HiddenSize);

    private static ParameterRole Matrix(ParameterKind kind, string symbol, string module, Func<ModelSizes, (int Rows, int Columns)> shape) =>
        new(kind, symbol, module, ParameterField.Weight, shape);

    private static ParameterRole Bias(ParameterKind kind, string symbol, string module, Func<ModelSizes, int> length) =>
        new(kind, symbol, module, ParameterField.Bias, sizes => (1, length(sizes)));

    private static ParameterRole Gain(ParameterKind kind, string symbol, string module) =>
        new(kind, symbol, module, ParameterField.Gain, sizes => (1, sizes.HiddenSize));
}

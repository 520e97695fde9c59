using TinT.Model.Parameters;

namespace TinT.Model.Architectures;

/// <summary>A family of auxiliary transformers, as data: defaults of its specs, fields of its <c>config.json</c> and tensors of its checkpoints.</summary>
public sealed record Architecture
{
    /// <summary>Its word in specs, and Hugging Face's <c>model_type</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How the branches of a block stand to each other.</summary>
    public BlockShape Block { get; init; }

    /// <summary>Where the norms of a block stand.</summary>
    public NormPlacement NormPlacement { get; init; }

    /// <summary>The norm of all hidden states, by its word in specs.</summary>
    public string Norm { get; init; } = "layer_norm";

    /// <summary>Activation of models that state none, in specs and in <c>config.json</c>.</summary>
    public required string Activation { get; init; }

    /// <summary>Field of <c>config.json</c> with the activation.</summary>
    public required string ActivationField { get; init; }

    /// <summary>Field of <c>config.json</c> with the ε of all norms; <see langword="null"/> where there is none and ε is <see cref="Epsilon"/>.</summary>
    public string? EpsilonField { get; init; }

    /// <summary>ε of models that state none.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>Sizes in <c>config.json</c>, in the order in which they are compared; the hidden size comes first.</summary>
    public required IReadOnlyList<ConfigurationSize> Sizes { get; init; }

    /// <summary>Flags of <c>config.json</c> that must have a value, which is also what their absence means.</summary>
    public required IReadOnlyList<(string Field, bool Value)> Flags { get; init; }

    /// <summary>Field of <c>config.json</c> with the width of token embeddings, which must be the hidden size.</summary>
    public string? EmbeddingSizeField { get; init; }

    /// <summary>Rows in front of the position table that belong to no position.</summary>
    public int UnusedPositions { get; init; }

    /// <summary>Token that the tokenizer of these models puts before each line.</summary>
    public string? LineStartToken { get; init; }

    /// <summary>Tensors of the checkpoints. Output heads are tied and have none of their own.</summary>
    public required IReadOnlyList<StoredTensor> Tensors { get; init; }

    /// <summary>Whether its models have a parameter tensor: only biases and norms can be missing.</summary>
    /// <param name="kind">The parameter tensor.</param>
    public bool Has(ParameterKind kind) => Tensors.Any(tensor => tensor.Parts.Contains(kind));

    /// <summary>Whether each layer has a parameter tensor, not the model one.</summary>
    /// <param name="kind">The parameter tensor.</param>
    public bool IsOfLayers(ParameterKind kind) => TensorOf(kind).Name.Contains("{0}");

    /// <summary>Whether a module of its models has a bias.</summary>
    /// <param name="module">The module, such as <c>attention.query</c>.</param>
    public bool HasBias(string module) => ParameterRoles.Find(module, ParameterField.Bias) is { } bias && Has(bias.Kind);

    /// <summary>The tensor that holds a parameter tensor.</summary>
    /// <param name="kind">The parameter tensor.</param>
    public StoredTensor TensorOf(ParameterKind kind) => Tensors.First(tensor => tensor.Parts.Contains(kind));

    /// <summary>Weights and biases of a model, as its checkpoint has them.</summary>
    /// <param name="sizes">Sizes of the model.</param>
    public long ParameterCount(ModelSizes sizes) => Tensors.Sum(tensor =>
        tensor.Layers(sizes).Count() * ShapeOf(tensor, sizes).Aggregate(1L, (product, length) => product * length));

    /// <summary>A tensor's shape in a checkpoint; a vector has one axis.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="sizes">Sizes of the model.</param>
    public int[] ShapeOf(StoredTensor tensor, ModelSizes sizes)
    {
        (int Rows, int Columns)[] parts = [.. tensor.Parts.Select(part => ParameterRoles.Of(part).Shape(this, sizes))];
        if (!ParameterRoles.Of(tensor.Parts[0]).IsMatrix)
            return [parts.Sum(part => part.Columns)];
        int rows = parts.Sum(part => part.Rows);
        return tensor.Transposed ? [parts[0].Columns, rows] : [rows, parts[0].Columns];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

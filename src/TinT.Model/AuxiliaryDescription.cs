namespace TinT.Model;

/// <summary>
/// An auxiliary transformer, every choice made: what a spec or a <c>config.json</c> of an architecture describes. All engines read this and nothing else
/// of a model. What is not said is as in GPT-2.
/// </summary>
/// <param name="Architecture">Its architecture, which names the tensors of its checkpoints.</param>
/// <param name="VocabularySize">Tokens V in the vocabulary.</param>
/// <param name="MaxPositionEmbeddings">Context length: the most tokens in one sequence.</param>
/// <param name="HiddenSize">Embedding size D.</param>
/// <param name="LayerCount">Transformer blocks L.</param>
/// <param name="HeadCount">Attention heads h.</param>
/// <param name="IntermediateSize">Feed-forward width I.</param>
/// <param name="Activation">The activation, by its name.</param>
/// <param name="NormEpsilon">ε of all norms.</param>
public sealed record AuxiliaryDescription(
    string Architecture,
    int VocabularySize,
    int MaxPositionEmbeddings,
    int HiddenSize,
    int LayerCount,
    int HeadCount,
    int IntermediateSize,
    string Activation,
    double NormEpsilon)
{
    /// <summary>Heads of keys and values, each of which a group of heads reads; divides <see cref="HeadCount"/>.</summary>
    public int KeyValueHeadCount { get; init; } = HeadCount;

    /// <summary>Coordinates d of a head.</summary>
    public int HeadSize { get; init; } = HeadCount > 0 ? HiddenSize / HeadCount : 0;

    /// <summary>Width E of token embeddings; where it is not D, matrices map to D and back.</summary>
    public int EmbeddingSize { get; init; } = HiddenSize;

    /// <summary>The norm of all hidden states, by its name.</summary>
    public string Norm { get; init; } = "layer_norm";

    /// <summary>Where the norms of a block stand. With <see cref="NormPlacement.Post"/> there is none above the blocks.</summary>
    public NormPlacement NormPlacement { get; init; }

    /// <summary>How the branches of a block stand to each other.</summary>
    public BlockShape Block { get; init; }

    /// <summary>Whether the feed-forward module is act(gate) ∘ up instead of act(up).</summary>
    public bool IsGated { get; init; }

    /// <summary>How positions enter.</summary>
    public PositionKind Positions { get; init; }

    /// <summary>Rows in front of the position table that belong to no position.</summary>
    public int UnusedPositions { get; init; }

    /// <summary>Rotary positions; <see langword="null"/> for other kinds.</summary>
    public RotaryDescription? Rotary { get; init; }

    /// <summary>Whether ALiBi's part of a score is divided by √d as the rest is.</summary>
    public bool ScalesAlibi { get; init; }

    /// <summary>Tokens that a token of a sliding layer attends to, itself included; 0 for all.</summary>
    public int SlidingWindow { get; init; }

    /// <summary>Which layers have the window, [L]; empty if all have.</summary>
    public EquatableArray<bool> SlidingLayers { get; init; }

    /// <summary>Whether q kᵀ is divided by the root of <see cref="QueryScalar"/>.</summary>
    public bool ScalesScores { get; init; } = true;

    /// <summary>What q kᵀ is divided by the root of, where that is not d.</summary>
    public double? QueryScalar { get; init; }

    /// <summary>c of c tanh(score / c), which stands for scores before they are masked; <see langword="null"/> if they stay as they are.</summary>
    public double? ScoreCap { get; init; }

    /// <summary>c of c tanh(logit / c), which stands for logits; <see langword="null"/> if they stay as they are.</summary>
    public double? LogitCap { get; init; }

    /// <summary>Whether token embeddings are normalized.</summary>
    public bool HasEmbeddingNorm { get; init; }

    /// <summary>Whether token embeddings are multiplied by √D where they enter.</summary>
    public bool ScalesEmbeddings { get; init; }

    /// <summary>Whether queries and keys are normalized, head by head, before positions enter.</summary>
    public bool HasQueryKeyNorm { get; init; }

    /// <summary>Whether the output head is the token embedding.</summary>
    public bool TiesEmbeddings { get; init; } = true;

    /// <summary>The modules that have biases.</summary>
    public ModuleBiases Biases { get; init; } = ModuleBiases.Layers;

    /// <summary>Width of all queries together, h·d.</summary>
    public int QuerySize => HeadCount * HeadSize;

    /// <summary>Width of all keys together, and of all values.</summary>
    public int KeyValueSize => KeyValueHeadCount * HeadSize;

    /// <summary>Heads that read one head of keys and values.</summary>
    public int GroupSize => HeadCount / KeyValueHeadCount;

    /// <summary>What scores are multiplied by.</summary>
    public double ScoreScale => ScalesScores ? 1 / Math.Sqrt(QueryScalar ?? HeadSize) : 1;

    /// <summary>What token embeddings are multiplied by where they enter.</summary>
    public double EmbeddingScale => ScalesEmbeddings ? Math.Sqrt(HiddenSize) : 1;

    /// <summary>Whether maps lead from the width of token embeddings to D and back.</summary>
    public bool IsProjected => EmbeddingSize != HiddenSize;

    /// <summary>Tokens that a token of a layer attends to, itself included; 0 for all.</summary>
    /// <param name="layer">The layer, from 0.</param>
    public int WindowOf(int layer) => SlidingLayers.Count == 0 || SlidingLayers[layer] ? SlidingWindow : 0;

    /// <summary>ALiBi's slope of each head, as scores have it, [h]; empty for other positions.</summary>
    public double[] Slopes()
    {
        if (Positions != PositionKind.Alibi)
            return [];
        double scale = ScalesAlibi ? 1 / Math.Sqrt(HeadSize) : 1;
        return [.. AlibiSlopes.Of(HeadCount).Select(slope => slope * scale)];
    }
}

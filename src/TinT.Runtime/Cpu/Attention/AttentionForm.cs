using System.ComponentModel;
using TinT.Model;

namespace TinT.Runtime.Cpu.Attention;

/// <summary>What attention does beyond its operands. The default has as many heads of keys as of queries, scores q kᵀ / √d, and every earlier token.</summary>
/// <param name="Heads">Heads; a divisor of the columns of q.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct AttentionForm(int Heads)
{
    /// <summary>Heads of keys and values; a divisor of <see cref="Heads"/>. Head i reads head ⌊i / (heads / these)⌋ of them.</summary>
    public int KeyValueHeads { get; init; } = Heads;

    /// <summary>What q kᵀ is multiplied by, positive; <see langword="null"/> for 1 / √d.</summary>
    public float? Scale { get; init; }

    /// <summary>What is added to a score for each position that the key is ahead of the query: positive, for each head; <see langword="null"/> for nothing.</summary>
    public IReadOnlyList<float>? Slopes { get; init; }

    /// <summary>c of c tanh(score / c), which stands for scores before anything is added to them; 0 if they stay as they are.</summary>
    public float Cap { get; init; }

    /// <summary>Tokens that a token attends to, itself included; 0 for all.</summary>
    public int Window { get; init; }

    /// <summary>Heads that read one head of keys and values.</summary>
    public int GroupSize => Heads / KeyValueHeads;

    /// <summary>The form of attention in each layer of a model.</summary>
    /// <param name="model">The model.</param>
    public static IReadOnlyList<AttentionForm> OfLayers(AuxiliaryDescription model)
    {
        ArgumentNullException.ThrowIfNull(model);
        float[]? slopes = model.Positions == PositionKind.Alibi ? [.. model.Slopes().Select(slope => (float)slope)] : null;
        return
        [
            .. Enumerable.Range(0, model.LayerCount).Select(layer => new AttentionForm(model.HeadCount)
            {
                KeyValueHeads = model.KeyValueHeadCount,
                Scale = model.ScalesScores && model.QueryScalar is null ? null : (float)model.ScoreScale,
                Cap = (float)(model.ScoreCap ?? 0),
                Slopes = slopes,
                Window = model.WindowOf(layer),
            }),
        ];
    }
}

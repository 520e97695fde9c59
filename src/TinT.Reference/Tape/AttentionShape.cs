using System.Numerics;
using TinT.Model;

namespace TinT.Reference.Tape;

/// <summary>Heads of attention and what is done to their scores.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Heads">Heads of queries h.</param>
/// <param name="KeyValueHeads">Heads of keys and values, each of which a group of heads reads.</param>
/// <param name="HeadSize">Coordinates d of a head.</param>
/// <param name="Scale">What q kᵀ is multiplied by.</param>
/// <param name="Slopes">By how much a score falls for each position of distance, [h]; empty if scores do not fall.</param>
/// <param name="Window">Tokens that a token attends to, itself included; 0 for all.</param>
/// <param name="Cap">c of c tanh(score / c), which stands for scores; <see langword="null"/> if they stay as they are.</param>
internal sealed record AttentionShape<T>(int Heads, int KeyValueHeads, int HeadSize, T Scale, T[] Slopes, int Window, double? Cap)
    where T : IFloatingPointIeee754<T>
{
    /// <summary>Heads that read one head of keys and values.</summary>
    public int Group => Heads / KeyValueHeads;

    /// <summary>The shape of a layer of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layer">The layer.</param>
    public static AttentionShape<T> Of(AuxiliaryDescription model, int layer) => new(
        model.HeadCount,
        model.KeyValueHeadCount,
        model.HeadSize,
        T.CreateChecked(model.ScoreScale),
        [.. model.Slopes().Select(T.CreateChecked)],
        model.WindowOf(layer),
        model.ScoreCap);
}

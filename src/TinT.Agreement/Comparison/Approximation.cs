using TinT.Reference.Plain;

namespace TinT.Agreement.Comparison;

/// <summary>A choice of TinT's approximations to make exact.</summary>
/// <param name="Id">Name for programs.</param>
/// <param name="Name">What it is, in a few words.</param>
/// <param name="Options">The choice.</param>
public sealed record Approximation(string Id, string Name, PlainTintOptions Options)
{
    /// <summary>TinT as written, each approximation exact alone, and all of them.</summary>
    public static IReadOnlyList<Approximation> All { get; } =
    [
        new("as_written", "TinT as written", PlainTintOptions.AsWritten),
        new("exact_score_gradients", "gradients through the scores", new PlainTintOptions { ExactScoreGradients = true }),
        new("exact_layer_norm", "true derivative of layer norms", new PlainTintOptions { ExactLayerNorm = true }),
        new("exact_activation", "true derivative of the activation", new PlainTintOptions { ExactActivation = true }),
        new("exact_biases", "biases move by lr, not ⌈in/D⌉·lr", new PlainTintOptions { ExactBiases = true }),
        new("all_exact", "all four", PlainTintOptions.AllExact),
    ];
}

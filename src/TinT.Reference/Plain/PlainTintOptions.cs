namespace TinT.Reference.Plain;

/// <summary>
/// TinT's approximations, each of which can be replaced by the exact computation, to see what it costs. With all four exact, a
/// contiguous training part at the front and <c>compatibility: none</c>, the update is that of exact SGD on the parameters TinT updates.
/// </summary>
public sealed record PlainTintOptions
{
    /// <summary>The equations as they stand.</summary>
    public static PlainTintOptions AsWritten { get; } = new();

    /// <summary>Every approximation replaced by the exact computation.</summary>
    public static PlainTintOptions AllExact { get; } = new()
    {
        ExactScoreGradients = true,
        ExactLayerNorm = true,
        ExactActivation = true,
        ExactBiases = true,
    };

    /// <summary>
    /// Gradients pass through attention to v and through the scores, whatever <c>attention</c> says. Unlike
    /// <c>attention: exact</c> this does not make W_q, b_q, W_k and b_k trained parameters.
    /// </summary>
    public bool ExactScoreGradients { get; init; }

    /// <summary>Gradients pass through a norm by its derivative instead of N (f(x + g G / N) − x̂).</summary>
    public bool ExactLayerNorm { get; init; }

    /// <summary>Gradients pass through the activation by act′(z) instead of N (act(z + g / N) − act(z)).</summary>
    public bool ExactActivation { get; init; }

    /// <summary>All biases move by lr, instead of ⌈inputs / D⌉·lr those of maps with more than D inputs.</summary>
    public bool ExactBiases { get; init; }

    /// <summary>Whether the result holds <see cref="ReferenceResult{T}.BlockGradients"/>.</summary>
    public bool BlockGradients { get; init; }
}

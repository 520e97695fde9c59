namespace TinT.Evaluation.Tokenizers.PostProcessors;

/// <summary>Tokens that a tokenizer puts around each text.</summary>
/// <param name="Before">Ids before the text.</param>
/// <param name="Behind">Ids behind it.</param>
internal sealed record TokenTemplate(IReadOnlyList<int> Before, IReadOnlyList<int> Behind)
{
    /// <summary>The text alone.</summary>
    public static TokenTemplate Text { get; } = new([], []);

    /// <summary>Puts what another template makes of a text into this one.</summary>
    /// <param name="inner">The other.</param>
    public TokenTemplate Around(TokenTemplate inner) => new([.. Before, .. inner.Before], [.. inner.Behind, .. Behind]);
}

namespace TinT.Evaluation.Tokenizers.Texts;

/// <summary>A part of a text on its way through the steps of a tokenizer.</summary>
/// <param name="text">Valid UTF-8.</param>
/// <param name="alignment">Where the bytes come from; <see langword="null"/> if nobody will ask.</param>
/// <param name="offset">Place of the first byte in the alignment.</param>
/// <param name="step">Number of the step that cut the text before this part.</param>
/// <param name="isAtStart">Whether this is how the whole text starts.</param>
internal readonly ref struct Piece(ReadOnlySpan<byte> text, Alignment? alignment, int offset, int step, bool isAtStart)
{
    /// <summary>Valid UTF-8.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>Where the bytes come from; <see langword="null"/> if nobody will ask.</summary>
    public Alignment? Alignment { get; } = alignment;

    /// <summary>Place of the first byte in <see cref="Alignment"/>.</summary>
    public int Offset { get; } = offset;

    /// <summary>Number of the step that cut the text before this part.</summary>
    public int Step { get; } = step;

    /// <summary>Whether this is how the whole text starts.</summary>
    public bool IsAtStart { get; } = isAtStart;

    /// <summary>A part of this one.</summary>
    /// <param name="start">Its first byte.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="step">Number of the step that cuts it off.</param>
    public Piece Slice(int start, int length, int step) =>
        new(Text.Slice(start, length), Alignment, Offset + start, start == 0 ? Step : step, IsAtStart && start == 0);

    /// <summary>The span of the whole text that a part comes from.</summary>
    /// <param name="start">First byte of the part.</param>
    /// <param name="length">Its bytes.</param>
    public (int Start, int End) SpanOf(int start, int length) => Alignment!.SpanOf(Offset + start, length);
}

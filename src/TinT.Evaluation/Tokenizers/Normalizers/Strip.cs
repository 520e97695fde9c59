using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.Normalizers;

/// <summary><c>Strip</c>: white space at the start or end of a text is left out.</summary>
internal sealed class Strip(bool left, bool right) : INormalizer
{
    /// <summary>Its name.</summary>
    public const string Name = "Strip";

    /// <summary>Reads the row.</summary>
    public static INormalizer Read(JsonPlace place) => new Strip(place.Flag("strip_left", otherwise: true), place.Flag("strip_right", otherwise: true));

    /// <inheritdoc/>
    public Piece Normalize(scoped in Piece text)
    {
        int start = 0, end = text.Text.Length;
        while (left && start < end && CharacterClasses.IsWhiteSpace(CodePoints.At(text.Text, start, out int length)))
            start += length;
        while (right && end > start && CodePoints.StartBefore(text.Text, end) is int last && CharacterClasses.IsWhiteSpace(
            CodePoints.At(text.Text, last, out _)))
            end = last;
        return new Piece(text.Text[start..end], text.Alignment, text.Offset + start, text.Step, text.IsAtStart);
    }
}

using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.Normalizers;

/// <summary>SentencePiece's normalization: its rules where a text has no user-defined token, spaces as <c>▁</c>, one before the text, and none too many.</summary>
/// <remarks>Source: <c>Normalizer::Normalize</c> in <c>normalizer.cc</c> of SentencePiece.</remarks>
/// <param name="map">The rules; <see langword="null"/> for none.</param>
/// <param name="userDefined">User-defined tokens, which are left as they are; <see langword="null"/> if there are none.</param>
internal sealed class SentencePieceRules(CharacterMap? map, ByteTrie? userDefined) : INormalizer
{
    private readonly TextRewriter rewriter = new();

    /// <summary>Whether a space is put before texts.</summary>
    public required bool AddsPrefix { get; init; }

    /// <summary>Whether spaces at the ends are removed and several are one.</summary>
    public required bool RemovesExtraSpaces { get; init; }

    /// <summary>Whether spaces are written as <c>▁</c>.</summary>
    public required bool EscapesSpaces { get; init; }

    private ReadOnlySpan<byte> Space => EscapesSpaces ? "▁"u8 : " "u8;

    /// <inheritdoc/>
    public Piece Normalize(scoped in Piece text)
    {
        rewriter.Begin(text);
        int index = 0;
        while (RemovesExtraSpaces && index < text.Text.Length && Next(text.Text[index..], out int length).SequenceEqual(" "u8))
            index += length;
        if (AddsPrefix && index < text.Text.Length)
            rewriter.Replace(text, index, 0, Space);

        bool isAfterSpace = RemovesExtraSpaces;
        while (index < text.Text.Length)
        {
            ReadOnlySpan<byte> normalized = Next(text.Text[index..], out int length);
            while (isAfterSpace && normalized.StartsWith(" "u8))
                normalized = normalized[1..];
            Write(text, index, length, normalized);
            if (!normalized.IsEmpty)
                isAfterSpace = RemovesExtraSpaces && normalized[^1] == ' ';
            index += length;
        }

        while (RemovesExtraSpaces && rewriter.TryRemoveLast(Space))
        {
            // Spaces at the end, and a prefix before nothing, are too many.
        }

        return rewriter.End(text);
    }

    /// <summary>What stands for the start of a text, and how many bytes of it.</summary>
    private ReadOnlySpan<byte> Next(ReadOnlySpan<byte> text, out int length)
    {
        if (userDefined is not null && userDefined.LongestAt(text, out length) >= 0)
            return text[..length];
        if (map is not null && map.TryFind(text, longest: true, out length, out ReadOnlySpan<byte> replacement))
            return replacement;
        length = CodePoints.LengthOf(text[0]);
        return text[..length];
    }

    private void Write(scoped in Piece text, int start, int length, ReadOnlySpan<byte> normalized)
    {
        if (normalized.SequenceEqual(text.Text.Slice(start, length)) && !normalized.Contains((byte)' '))
        {
            rewriter.Keep(text, start, length);
            return;
        }

        foreach (byte value in normalized)
        {
            if (value == ' ')
                rewriter.Replace(text, start, length, Space);
            else
                rewriter.Replace(text, start, length, [value]);
        }
    }
}

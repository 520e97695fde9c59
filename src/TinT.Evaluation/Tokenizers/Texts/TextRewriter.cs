using System.Runtime.InteropServices;

namespace TinT.Evaluation.Tokenizers.Texts;

/// <summary>Makes a text from another, part by part from its start: each is kept or replaced.</summary>
internal sealed class TextRewriter
{
    private readonly List<byte> bytes = [];
    private List<(int Start, int End)>? places;

    /// <summary>Starts a new text.</summary>
    /// <param name="source">What it is made from.</param>
    public void Begin(scoped in Piece source)
    {
        bytes.Clear();
        places = source.Alignment is null ? null : new List<(int Start, int End)>(source.Text.Length);
    }

    /// <summary>Takes a part over as it is.</summary>
    /// <param name="source">What the text is made from.</param>
    /// <param name="start">First byte of the part.</param>
    /// <param name="length">Its bytes.</param>
    public void Keep(scoped in Piece source, int start, int length)
    {
        bytes.AddRange(source.Text.Slice(start, length));
        for (int index = 0; places is not null && index < length; index++)
            places.Add(source.SpanOf(start + index, 1));
    }

    /// <summary>Puts something in the place of a part; each byte of it comes from the whole part.</summary>
    /// <param name="source">What the text is made from.</param>
    /// <param name="start">First byte of the part.</param>
    /// <param name="length">Its bytes; none to insert.</param>
    /// <param name="by">What comes there.</param>
    public void Replace(scoped in Piece source, int start, int length, ReadOnlySpan<byte> by)
    {
        bytes.AddRange(by);
        for (int index = 0; places is not null && index < by.Length; index++)
            places.Add(source.SpanOf(start, length));
    }

    /// <summary>Takes the end of the text back if it is this.</summary>
    /// <param name="end">What to take back.</param>
    public bool TryRemoveLast(ReadOnlySpan<byte> end)
    {
        if (!CollectionsMarshal.AsSpan(bytes).EndsWith(end))
            return false;
        bytes.RemoveRange(bytes.Count - end.Length, end.Length);
        places?.RemoveRange(places.Count - end.Length, end.Length);
        return true;
    }

    /// <summary>The text, valid until the next one is started.</summary>
    /// <param name="source">What it was made from.</param>
    public Piece End(scoped in Piece source) =>
        new(CollectionsMarshal.AsSpan(bytes), places is null ? null : Alignment.Of(places), 0, source.Step, source.IsAtStart);
}

namespace TinT.Evaluation.Tokenizers.Texts;

/// <summary>Where the bytes of a text come from: spans of the text that was to be encoded.</summary>
internal sealed class Alignment
{
    private readonly List<(int Start, int End)>? places;

    private Alignment(List<(int Start, int End)>? places)
    {
        this.places = places;
    }

    /// <summary>That of the text itself: every byte comes from its place.</summary>
    public static Alignment Identity { get; } = new(null);

    /// <summary>Of a text that was made from another.</summary>
    /// <param name="places">Source of each byte.</param>
    public static Alignment Of(List<(int Start, int End)> places) => new(places);

    /// <summary>The span that a part comes from.</summary>
    /// <param name="start">First byte of the part.</param>
    /// <param name="length">Its bytes; where there are none, the span is empty and lies where the part is.</param>
    public (int Start, int End) SpanOf(int start, int length)
    {
        if (places is null)
            return (start, start + length);
        if (length > 0)
            return (places[start].Start, Math.Max(places[start].Start, places[start + length - 1].End));
        int place = start < places.Count ? places[start].Start : places.Count > 0 ? places[^1].End : 0;
        return (place, place);
    }
}

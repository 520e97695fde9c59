using System.Runtime.InteropServices;
using System.Text;

namespace TinT.Evaluation.Tokenizers.Characters;

/// <summary>Normalizes texts by Unicode's Standard Annex 15, segment by segment.</summary>
/// <param name="isCompatible">Whether compatibility decompositions are made as well.</param>
/// <param name="composes">Whether the result is composed.</param>
internal sealed class CanonicalText(bool isCompatible, bool composes)
{
    private readonly List<int> codePoints = [];
    private readonly List<byte> utf8 = [];

    /// <summary>Bytes of the first segment: a character and those that may combine with it. Segments are normalized by themselves.</summary>
    /// <param name="text">Valid UTF-8, not empty.</param>
    public static int SegmentLength(ReadOnlySpan<byte> text)
    {
        CodePoints.At(text, 0, out int end);
        while (end < text.Length && !NormalizationData.StartsSegment(CodePoints.At(text, end, out int length)))
            end += length;
        return end;
    }

    /// <summary>A segment as it is normalized; valid until the next call.</summary>
    /// <param name="segment">The segment.</param>
    public ReadOnlySpan<byte> Normalize(ReadOnlySpan<byte> segment)
    {
        if (segment.Length == 1)
            return segment;
        codePoints.Clear();
        for (int index = 0; index < segment.Length;)
        {
            NormalizationData.Decompose(CodePoints.At(segment, index, out int length), isCompatible, codePoints);
            index += length;
        }

        Order();
        if (composes)
            Compose();

        utf8.Clear();
        Span<byte> bytes = stackalloc byte[4];
        foreach (int codePoint in codePoints)
            utf8.AddRange(bytes[..new Rune(codePoint).EncodeToUtf8(bytes)]);
        return CollectionsMarshal.AsSpan(utf8);
    }

    /// <summary>Sorts each run of marks by combining class; marks of one class keep their order.</summary>
    private void Order()
    {
        for (int start = 0; start < codePoints.Count; start++)
        {
            if (NormalizationData.CombiningClass(codePoints[start]) == 0)
                continue;
            int end = start + 1;
            while (end < codePoints.Count && NormalizationData.CombiningClass(codePoints[end]) != 0)
                end++;
            int[] marks = [.. codePoints[start..end].OrderBy(NormalizationData.CombiningClass)];
            for (int index = start; index < end; index++)
                codePoints[index] = marks[index - start];
            start = end;
        }
    }

    /// <summary>Puts each starter together with the characters behind it that nothing blocks.</summary>
    private void Compose()
    {
        int starter = -1;
        int lastClass = 0;
        int count = 0;
        foreach (int codePoint in codePoints.ToArray())
        {
            int combiningClass = NormalizationData.CombiningClass(codePoint);
            bool isBlocked = starter < 0 || (starter < count - 1 && (lastClass == 0 || lastClass >= combiningClass));
            if (!isBlocked && NormalizationData.Compose(codePoints[starter], codePoint) is { } composed)
            {
                codePoints[starter] = composed;
                continue;
            }

            if (combiningClass == 0)
                starter = count;
            lastClass = combiningClass;
            codePoints[count++] = codePoint;
        }

        codePoints.RemoveRange(count, codePoints.Count - count);
    }
}

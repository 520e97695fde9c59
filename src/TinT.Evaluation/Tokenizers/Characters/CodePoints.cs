namespace TinT.Evaluation.Tokenizers.Characters;

/// <summary>Code points in valid UTF-8.</summary>
internal static class CodePoints
{
    /// <summary>The code point at a place.</summary>
    /// <param name="utf8">Valid UTF-8.</param>
    /// <param name="index">Where it starts.</param>
    /// <param name="length">Its bytes.</param>
    public static int At(ReadOnlySpan<byte> utf8, int index, out int length)
    {
        int first = utf8[index];
        if (first < 0x80)
        {
            length = 1;
            return first;
        }

        if (first < 0xE0)
        {
            length = 2;
            return ((first & 0x1F) << 6) | (utf8[index + 1] & 0x3F);
        }

        if (first < 0xF0)
        {
            length = 3;
            return ((first & 0x0F) << 12) | ((utf8[index + 1] & 0x3F) << 6) | (utf8[index + 2] & 0x3F);
        }

        length = 4;
        return ((first & 0x07) << 18) | ((utf8[index + 1] & 0x3F) << 12) | ((utf8[index + 2] & 0x3F) << 6) | (utf8[index + 3] & 0x3F);
    }

    /// <summary>Where the code point starts that ends at a place.</summary>
    /// <param name="utf8">Valid UTF-8.</param>
    /// <param name="end">Where it ends, from 1.</param>
    public static int StartBefore(ReadOnlySpan<byte> utf8, int end)
    {
        int start = end - 1;
        while ((utf8[start] & 0xC0) == 0x80)
            start--;
        return start;
    }

    /// <summary>Bytes of the code point that a byte starts.</summary>
    /// <param name="first">Its first byte.</param>
    public static int LengthOf(byte first) => first switch { < 0x80 => 1, < 0xE0 => 2, < 0xF0 => 3, _ => 4 };
}

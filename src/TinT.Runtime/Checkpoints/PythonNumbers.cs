using System.Buffers;
using System.Text;
using System.Text.Json;

namespace TinT.Runtime.Checkpoints;

/// <summary>
/// The numbers that Python's <c>json</c> writes and JSON does not have: <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>. They are rewritten
/// as numbers that nobody writes, so that a parser keeps to the rules for everything else and a field that is read can still be told.
/// </summary>
internal static class PythonNumbers
{
    private static readonly (string Python, string Json)[] spellings = [("NaN", "0e-99991"), ("Infinity", "0e-99992"), ("-Infinity", "0e-99993")];
    private static readonly SearchValues<byte> ends = SearchValues.Create(" \t\r\n,:[]{}\""u8);

    /// <summary>Rewrites these numbers where they stand outside texts.</summary>
    public static byte[] Rewrite(ReadOnlySpan<byte> json)
    {
        ArrayBufferWriter<byte> rewritten = new(json.Length + 64);
        while (!json.IsEmpty)
        {
            int length = NextLength(json);
            ReadOnlySpan<byte> word = json[..length];
            string? spelling = null;
            foreach ((string python, string number) in spellings)
                spelling = Ascii.Equals(word, python) ? number : spelling;
            rewritten.Write(spelling is null ? word : Encoding.ASCII.GetBytes(spelling));
            json = json[length..];
        }

        return rewritten.WrittenSpan.ToArray();
    }

    /// <summary>The value as the file has it.</summary>
    public static string RawText(JsonElement value)
    {
        string text = value.GetRawText();
        foreach ((string python, string number) in spellings)
        {
            if (text == number)
                return python;
        }

        return text;
    }

    /// <summary>Whether a value is a number of JSON, not one of these.</summary>
    public static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number && RawText(value) == value.GetRawText();

    /// <summary>Bytes of the text, sign or word at the start.</summary>
    private static int NextLength(ReadOnlySpan<byte> json)
    {
        if (json[0] != (byte)'"')
        {
            int end = json.IndexOfAny(ends);
            return end < 0 ? json.Length : Math.Max(end, 1);
        }

        int index = 1;
        while (index < json.Length && json[index] != (byte)'"')
            index += json[index] == (byte)'\\' ? 2 : 1;
        return Math.Min(index + 1, json.Length);
    }
}

using System.Globalization;
using System.Text;

namespace TinT.Fuzz.Tests.Checkpoints;

/// <summary>The JSON that Rust's <c>serde_json</c> accepts, read without .NET's parser; values as object: null, bool, ulong, long (negative), double, string, list, list of pairs.</summary>
internal sealed class OfficialJson
{
    private const int Deepest = 127;

    private readonly string text;
    private int at;
    private int depth;

    private OfficialJson(string text)
    {
        this.text = text;
    }

    /// <summary>Parses a text whole.</summary>
    /// <exception cref="FormatException">It is no JSON.</exception>
    public static object? Parse(string text)
    {
        OfficialJson parser = new(text);
        object? value = parser.Value();
        parser.White();
        return parser.at == text.Length ? value : throw new FormatException();
    }

    private char Peek => at < text.Length ? text[at] : '\0';

    private object? Value()
    {
        White();
        switch (Peek)
        {
            case '{':
                return Object();
            case '[':
                return Array();
            case '"':
                return String();
            case 't':
                return Word("true", true);
            case 'f':
                return Word("false", false);
            case 'n':
                return Word("null", null);
            default:
                return Number();
        }
    }

    private List<KeyValuePair<string, object?>> Object()
    {
        List<KeyValuePair<string, object?>> members = [];
        Enter();
        White();
        if (Peek == '}')
        {
            Leave();
            return members;
        }

        while (true)
        {
            White();
            if (Peek != '"')
                throw new FormatException();
            string key = String();
            White();
            Take(':');
            members.Add(new(key, Value()));
            White();
            if (Peek == '}')
                break;
            Take(',');
        }

        Leave();
        return members;
    }

    private List<object?> Array()
    {
        List<object?> items = [];
        Enter();
        White();
        if (Peek == ']')
        {
            Leave();
            return items;
        }

        while (true)
        {
            items.Add(Value());
            White();
            if (Peek == ']')
                break;
            Take(',');
        }

        Leave();
        return items;
    }

    private string String()
    {
        StringBuilder result = new();
        Take('"');
        while (Peek != '"')
        {
            if (at >= text.Length || text[at] < ' ')
                throw new FormatException();
            char character = text[at++];
            result.Append(character == '\\' ? Escape() : character);
        }

        Take('"');

        // A text whose escapes leave half a surrogate pair is no text of Rust.
        for (int index = 0; index < result.Length; index++)
        {
            if (!char.IsSurrogate(result[index]))
                continue;
            if (index + 1 == result.Length || !char.IsSurrogatePair(result[index], result[index + 1]))
                throw new FormatException();
            index++;
        }

        return result.ToString();
    }

    private char Escape()
    {
        char escaped = Peek;
        at++;
        switch (escaped)
        {
            case '"' or '\\' or '/':
                return escaped;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when at + 4 <= text.Length && text[at..(at + 4)].All(char.IsAsciiHexDigit):
                at += 4;
                return (char)int.Parse(text[(at - 4)..at], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            default:
                throw new FormatException();
        }
    }

    private object Number()
    {
        int start = at;
        if (Peek == '-')
            at++;
        if (Peek == '0')
            at++;
        else
            Digits();
        bool whole = true;
        if (Peek == '.')
        {
            at++;
            Digits();
            whole = false;
        }

        if (Peek is 'e' or 'E')
        {
            at++;
            if (Peek is '+' or '-')
                at++;
            Digits();
            whole = false;
        }

        string number = text[start..at];
        if (whole && ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out ulong unsigned))
            return unsigned;
        if (whole && long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long signed) && signed != 0)
            return signed;
        double value = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? value : throw new FormatException();
    }

    private void Digits()
    {
        if (!char.IsAsciiDigit(Peek))
            throw new FormatException();
        while (char.IsAsciiDigit(Peek))
            at++;
    }

    private object? Word(string word, object? value)
    {
        if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0)
            throw new FormatException();
        at += word.Length;
        return value;
    }

    private void Enter()
    {
        at++;
        if (++depth > Deepest)
            throw new FormatException();
    }

    private void Leave()
    {
        at++;
        depth--;
    }

    private void Take(char expected)
    {
        if (Peek != expected || at >= text.Length)
            throw new FormatException();
        at++;
    }

    private void White()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\n' or '\r')
            at++;
    }
}

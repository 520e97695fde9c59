using System.Globalization;
using System.Text;

namespace TinT.Evaluation.Tokenizers.Patterns;

/// <summary>
/// Translates regular expressions from the syntax of Oniguruma, which Hugging Face's tokenizers use, to that of .NET. What means the same in both is
/// taken over, what can be said otherwise is, and the rest is refused.
/// </summary>
internal sealed class RegexTranslator
{
    // Wider than .NET's \w: number letters, enclosing marks, letters in circles, and the numbers of Latin-1.
    private const string WordItems = @"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\u24B6-\u24E9\u00B2\u00B3\u00B9\u00BC-\u00BE";

    private static readonly string[] categories =
    [
        "C", "Cc", "Cf", "Cn", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps",
        "S", "Sc", "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs",
    ];

    private static readonly Dictionary<string, string> longNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Letter"] = "L", ["Mark"] = "M", ["Number"] = "N", ["Punctuation"] = "P", ["Symbol"] = "S", ["Separator"] = "Z", ["Other"] = "C",
        ["Lowercase_Letter"] = "Ll", ["Uppercase_Letter"] = "Lu", ["Decimal_Number"] = "Nd",
    };

    private readonly string source;
    private readonly StringBuilder output = new();
    private readonly List<(int First, int Last)> named = [];
    private readonly Stack<(int Start, bool IgnoresCase)> groups = new();
    private int position;
    private int atom = -1;
    private bool ignoresCase;
    private Rune lastLiteral;

    private RegexTranslator(string source)
    {
        this.source = source;
    }

    /// <summary>Translates an expression.</summary>
    /// <param name="source">The expression as a tokenizer file has it.</param>
    /// <exception cref="RegexSyntaxException">It is none, or has what cannot be said in .NET's syntax.</exception>
    public static TranslatedRegex Translate(string source)
    {
        RegexTranslator translator = new(source);
        translator.TranslateAll();
        StandIns standIns = StandIns.Without(translator.named) ?? throw new RegexSyntaxException("names almost all characters of a category");
        return new TranslatedRegex(translator.output.ToString(), standIns);
    }

    private void TranslateAll()
    {
        while (position < source.Length)
        {
            char next = source[position];
            switch (next)
            {
                case '(':
                    OpenGroup();
                    break;
                case ')':
                    CloseGroup();
                    break;
                case '[':
                    position++;
                    Atom(ReadClass());
                    break;
                case '\\':
                    ReadEscape();
                    break;
                case '*' or '+' or '?':
                case '{' when TryReadBounds(out _, out _):
                    ReadQuantifier();
                    break;
                case '|':
                    position++;
                    output.Append('|');
                    (atom, lastLiteral) = (-1, default);
                    break;
                case '.':
                    position++;
                    Atom(@"[^\n]");
                    break;
                case '^':
                    position++;
                    Assertion(@"(?:\A|(?<=\n)(?!\z))");
                    break;
                case '$':
                    position++;
                    Assertion(@"(?=\n|\z)");
                    break;
                default:
                    Literal(ReadRune());
                    break;
            }
        }

        if (groups.Count > 0)
            throw new RegexSyntaxException("has a group without an end");
    }

    private void OpenGroup()
    {
        groups.Push((output.Length, ignoresCase));
        position++;
        if (!Take("?"))
        {
            output.Append("(?:");
        }
        else if (((string[])[":", "=", "!", "<=", "<!", ">"]).FirstOrDefault(Take) is { } kind)
        {
            output.Append("(?").Append(kind);
        }
        else if (Take("i:"))
        {
            ignoresCase = true;
            output.Append("(?i:");
        }
        else
        {
            throw new RegexSyntaxException($"has a group {Excerpt(position - 2)} of a kind that is not supported");
        }

        (atom, lastLiteral) = (-1, default);
    }

    private void CloseGroup()
    {
        if (!groups.TryPop(out (int Start, bool IgnoresCase) group))
            throw new RegexSyntaxException("has ')' without a group");
        position++;
        output.Append(')');
        (atom, ignoresCase, lastLiteral) = (group.Start, group.IgnoresCase, default);
    }

    private void ReadQuantifier()
    {
        if (atom < 0)
            throw new RegexSyntaxException($"has {Excerpt(position)} with nothing to repeat");
        string quantifier;
        bool isInterval = source[position] == '{';
        bool isExact = false;
        if (isInterval)
        {
            TryReadBounds(out quantifier, out int end);
            isExact = !quantifier.Contains(',', StringComparison.Ordinal);
            position = end;
        }
        else
        {
            quantifier = source[position++].ToString();
        }

        output.Append(quantifier);
        if (!isExact && Take("?"))
        {
            output.Append('?');
        }
        else if (!isInterval && Take("+"))
        {
            // .NET has no possessive quantifiers.
            output.Insert(atom, "(?>").Append(')');
        }

        // A further quantifier repeats the whole.
        output.Insert(atom, "(?:").Append(')');
        lastLiteral = default;
    }

    private bool TryReadBounds(out string quantifier, out int end)
    {
        quantifier = "";
        end = source.IndexOf('}', position);
        if (end < 0)
            return false;
        string[] bounds = source[(position + 1)..end].Split(',');
        end++;
        bool isBounds = bounds.Length <= 2 && bounds.All(bound => bound.All(char.IsAsciiDigit) && bound.Length <= 6) && bounds.Any(bound => bound.Length > 0);
        if (isBounds)
            quantifier = bounds.Length == 1 ? $"{{{bounds[0]}}}" : $"{{{(bounds[0].Length > 0 ? bounds[0] : "0")},{bounds[1]}}}";
        return isBounds;
    }

    private void ReadEscape()
    {
        switch (PeekEscape())
        {
            case 'w':
                position += 2;
                Atom($"[{WordItems}]");
                break;
            case 'W':
                position += 2;
                Atom($"[^{WordItems}]");
                break;
            case 'h':
                position += 2;
                Atom("[0-9A-Fa-f]");
                break;
            case 'H':
                position += 2;
                Atom("[^0-9A-Fa-f]");
                break;
            case 'A' or 'z':
                Assertion(source.Substring(position, 2));
                position += 2;
                break;
            case 's' or 'S' or 'd' or 'D' or 'p' or 'P':
                Atom(ReadSharedClass());
                break;
            default:
                Literal(ReadEscapedRune());
                break;
        }
    }

    private char PeekEscape() => position + 1 < source.Length ? source[position + 1] : throw new RegexSyntaxException("ends in the middle of an escape");

    /// <summary>A class that means the same in both syntaxes, inside brackets and outside.</summary>
    private string ReadSharedClass()
    {
        char kind = source[position + 1];
        position += 2;
        if (kind is not ('p' or 'P'))
            return $@"\{kind}";
        int end = source.IndexOf('}', position);
        if (!Take("{") || end < 0)
            throw new RegexSyntaxException($"has {Excerpt(position - 2)} without the name of a property in braces");
        bool isNegated = (kind == 'P') != Take("^");
        string name = source[position..end];
        position = end + 1;
        string category = longNames.GetValueOrDefault(name, name);
        if (!categories.Contains(category))
            throw new RegexSyntaxException($@"has the property \p{{{name}}}, where only general categories are supported");
        return $@"\{(isNegated ? 'P' : 'p')}{{{category}}}";
    }

    /// <summary>A character behind a backslash.</summary>
    private Rune ReadEscapedRune()
    {
        char kind = PeekEscape();
        position += 2;
        switch (kind)
        {
            case 'n':
                return new Rune('\n');
            case 'r':
                return new Rune('\r');
            case 't':
                return new Rune('\t');
            case 'f':
                return new Rune('\f');
            case 'v':
                return new Rune('\v');
            case 'a':
                return new Rune('\a');
            case 'e':
                return new Rune('\e');
            case 'x' when Take("{"):
                int end = source.IndexOf('}', position);
                return ReadHexadecimal(end < 0 ? 0 : end - position, closing: 1);
            case 'x':
                return ReadHexadecimal(2, closing: 0);
            case 'u':
                return ReadHexadecimal(4, closing: 0);
            default:
                if (char.IsAsciiLetterOrDigit(kind))
                    throw new RegexSyntaxException($"has the escape \\{kind}, which is not supported");
                position--;
                return ReadRune();
        }
    }

    private Rune ReadHexadecimal(int digits, int closing)
    {
        if (digits is > 0 and <= 8 && position + digits <= source.Length
            && int.TryParse(source.AsSpan(position, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) && Rune.TryCreate(
                value, out Rune rune))
        {
            position += digits + closing;
            return rune;
        }

        throw new RegexSyntaxException($"has {Excerpt(position - 2)} where the hexadecimal number of a character must be");
    }

    private Rune ReadRune()
    {
        Rune.DecodeFromUtf16(source.AsSpan(position), out Rune rune, out int length);
        position += length;
        return rune;
    }

    /// <summary>The class behind an opening bracket, up to its closing one.</summary>
    private string ReadClass()
    {
        bool isNegated = Take("^");
        StringBuilder items = new(isNegated ? "[^" : "[");
        ReadItems(items);
        return items.Append(']').ToString();
    }

    private void ReadItems(StringBuilder items)
    {
        bool isFirst = true;
        while (true)
        {
            if (position >= source.Length)
                throw new RegexSyntaxException("has a class without an end");
            if (source[position] == ']' && !isFirst)
            {
                position++;
                return;
            }

            isFirst = false;
            if (source.AsSpan(position).StartsWith("&&", StringComparison.Ordinal) || source.AsSpan(position).StartsWith("[:", StringComparison.Ordinal) || source.AsSpan(position).StartsWith("[^", StringComparison.Ordinal))
                throw new RegexSyntaxException($"has a class with {Excerpt(position)}, which is not supported");
            if (Take("["))
            {
                // A class inside a class adds its characters.
                ReadItems(items);
            }
            else if (source[position] == '\\' && PeekEscape() == 'w')
            {
                position += 2;
                items.Append(WordItems);
            }
            else if (source[position] == '\\' && PeekEscape() is 's' or 'S' or 'd' or 'D' or 'p' or 'P')
            {
                items.Append(ReadSharedClass());
            }
            else
            {
                ReadRange(items);
            }
        }
    }

    private void ReadRange(StringBuilder items)
    {
        Rune first = ReadItem();
        Rune last = first;
        if (source.AsSpan(position) is ['-', not ']' and not '[', ..])
        {
            position++;
            if (source[position] == '\\' && PeekEscape() is 'w' or 's' or 'S' or 'd' or 'D' or 'p' or 'P')
                throw new RegexSyntaxException($"has a range up to {Excerpt(position)}");
            last = ReadItem();
        }

        if (last < first)
            throw new RegexSyntaxException("has a range whose end is before its start");
        Name(first, last);
        items.Append(Escape(first));
        if (last != first)
            items.Append('-').Append(Escape(last));
        if (ignoresCase && (first, last) is ({ Value: <= 's' }, { Value: >= 's' }) or ({ Value: <= 'S' }, { Value: >= 'S' }))
            items.Append('ſ');
    }

    private Rune ReadItem() => source[position] == '\\' ? ReadEscapedRune() : ReadRune();

    private void Literal(Rune rune)
    {
        Name(rune, rune);
        int start = output.Length;
        if (ignoresCase && rune.Value is 's' or 'S')
            output.Append("[sSſ]");
        else
            output.Append(Escape(rune));
        if (ignoresCase && IsFolded(lastLiteral, rune))
            throw new RegexSyntaxException($"ignores case in \"{lastLiteral}{rune}\", which one character may stand for");
        (atom, lastLiteral) = (start, rune);
    }

    /// <summary>Whether a character folds to two, as the German sharp s does to ss.</summary>
    private static bool IsFolded(Rune first, Rune second) =>
        first.IsAscii && second.IsAscii && ((char)(first.Value | 0x20), (char)(second.Value | 0x20)) is ('s', 's' or 't') or ('f', 'f' or 'i' or 'l');

    private void Name(Rune first, Rune last)
    {
        if (!last.IsBmp)
            throw new RegexSyntaxException($"names U+{last.Value:X}; characters above U+FFFF are supported as members of categories only");
        if (ignoresCase && !last.IsAscii)
            throw new RegexSyntaxException("ignores the case of a character outside ASCII");
        named.Add((first.Value, last.Value));
    }

    private void Atom(string translated)
    {
        (atom, lastLiteral) = (output.Length, default);
        output.Append(translated);
    }

    private void Assertion(string translated)
    {
        (atom, lastLiteral) = (-1, default);
        output.Append(translated);
    }

    private bool Take(string expected)
    {
        if (!source.AsSpan(position).StartsWith(expected, StringComparison.Ordinal))
            return false;
        position += expected.Length;
        return true;
    }

    private static string Escape(Rune rune) => char.IsAsciiLetterOrDigit((char)rune.Value) && rune.IsAscii ? rune.ToString() : $@"\u{rune.Value:X4}";

    private string Excerpt(int start) => $"\"{source.AsSpan(Math.Max(0, start), Math.Min(8, source.Length - Math.Max(0, start)))}\"";
}

using System.Text.RegularExpressions;
using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Patterns;

/// <summary>Finds what a regular expression matches, over code points.</summary>
/// <remarks>
/// .NET's expressions see UTF-16 units, and half a surrogate pair is no letter. So they are given a text with one unit for each code point: those above
/// U+FFFF are replaced by a stand-in of the same general category that the expression does not name.
/// </remarks>
internal sealed class RegexPattern : IPattern
{
    private readonly Regex regex;
    private readonly StandIns standIns;
    private readonly Func<string, TokenizerFormatException> error;
    private char[] units = [];
    private int[] places = [];
    private int[] unitAt = [];
    private int count;

    /// <summary>Creates the pattern.</summary>
    /// <param name="translation">The expression.</param>
    /// <param name="error">Makes an error of the place where the expression stands.</param>
    /// <exception cref="RegexParseException">The expression is none.</exception>
    public RegexPattern(TranslatedRegex translation, Func<string, TokenizerFormatException> error)
    {
        this.error = error;
        regex = new Regex(translation.Pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled, MostTime);
        standIns = translation.StandIns;
    }

    /// <summary>Time that one match may take; only expressions that try out powers of the text's length take that long.</summary>
    private static TimeSpan MostTime => TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public void Begin(ReadOnlySpan<byte> text)
    {
        if (units.Length < text.Length || unitAt.Length <= text.Length)
        {
            units = new char[text.Length];
            places = new int[text.Length + 1];
            unitAt = new int[text.Length + 1];
        }

        count = 0;
        for (int index = 0; index < text.Length; count++)
        {
            int codePoint = CodePoints.At(text, index, out int length);
            units[count] = codePoint <= char.MaxValue ? (char)codePoint : standIns.Of(codePoint);
            places[count] = index;
            unitAt[index] = count;
            index += length;
        }

        places[count] = text.Length;
        unitAt[text.Length] = count;
    }

    /// <inheritdoc/>
    /// <exception cref="TokenizerFormatException">The expression takes far too long on this text.</exception>
    public bool TryFind(ReadOnlySpan<byte> text, int from, out int start, out int length)
    {
        (start, length) = (0, 0);
        try
        {
            foreach (ValueMatch match in regex.EnumerateMatches(units.AsSpan(0, count), unitAt[from]))
            {
                start = places[match.Index];
                length = places[match.Index + match.Length] - start;
                return true;
            }

            return false;
        }
        catch (RegexMatchTimeoutException)
        {
            throw error($"the regular expression takes more than {MostTime.TotalSeconds} seconds on a text of {text.Length} bytes; use another tokenizer.");
        }
    }
}

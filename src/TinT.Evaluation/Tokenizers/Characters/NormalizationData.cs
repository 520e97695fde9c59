using System.Globalization;

namespace TinT.Evaluation.Tokenizers.Characters;

/// <summary>Decompositions, compositions, combining classes and marks of Unicode 9, from <c>Normalization.txt</c>.</summary>
/// <remarks>
/// Hugging Face's implementation has the data of that version: later characters stay as they are. .NET's own normalization would not do: it has another
/// version on every system, and does nothing in programs without globalization data.
/// </remarks>
internal static class NormalizationData
{
    private const string Resource = "TinT.Evaluation.Normalization.txt";

    // Hangul syllables are composed by arithmetic: Unicode Standard, section 3.12.
    private const int Syllables = 0xAC00, Leads = 0x1100, Vowels = 0x1161, Tails = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TailCount = 28, SyllableCount = LeadCount * VowelCount * TailCount;

    private static readonly Dictionary<int, (bool IsCompatible, int[] CodePoints)> decompositions = [];
    private static readonly Dictionary<(int First, int Second), int> compositions = [];
    private static readonly HashSet<int> seconds = [];
    private static readonly Dictionary<int, byte> combiningClasses = [];
    private static readonly HashSet<int> marks = [];

    static NormalizationData()
    {
        using StreamReader reader = new(typeof(NormalizationData).Assembly.GetManifestResourceStream(Resource)!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            string[] fields = line.Split(' ');
            int[] codePoints = [.. fields[1..].Select(field => int.Parse(field, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];
            switch (fields[0])
            {
                case "class":
                    for (int codePoint = codePoints[0]; codePoint <= codePoints[1]; codePoint++)
                        combiningClasses.Add(codePoint, (byte)codePoints[2]);
                    break;
                case "mark":
                    marks.UnionWith(Enumerable.Range(codePoints[0], codePoints[1] - codePoints[0] + 1));
                    break;
                case "compose":
                    compositions.Add((codePoints[1], codePoints[2]), codePoints[0]);
                    seconds.Add(codePoints[2]);
                    decompositions.Add(codePoints[0], (false, codePoints[1..]));
                    break;
                default:
                    decompositions.Add(codePoints[0], (fields[0] == "compatible", codePoints[1..]));
                    break;
            }
        }
    }

    /// <summary>The canonical combining class.</summary>
    public static byte CombiningClass(int codePoint) => combiningClasses.GetValueOrDefault(codePoint);

    /// <summary>Whether a character is a combining mark: the categories M*.</summary>
    public static bool IsMark(int codePoint) => marks.Contains(codePoint);

    /// <summary>Whether a character combines with nothing before it, in any form.</summary>
    public static bool StartsSegment(int codePoint)
    {
        if (codePoint < 0x300)
            return true;
        if (CombiningClass(codePoint) != 0 || seconds.Contains(codePoint) || codePoint is (>= Vowels and < Vowels + VowelCount) or (> Tails and < Tails + TailCount))
            return false;
        return !decompositions.TryGetValue(codePoint, out (bool IsCompatible, int[] CodePoints) decomposition) || StartsSegment(decomposition.CodePoints[0]);
    }

    /// <summary>Adds the full decomposition of a character.</summary>
    /// <param name="codePoint">The character.</param>
    /// <param name="isCompatible">Whether compatibility decompositions are made as well.</param>
    /// <param name="decomposed">Where to.</param>
    public static void Decompose(int codePoint, bool isCompatible, List<int> decomposed)
    {
        if (codePoint is >= Syllables and < Syllables + SyllableCount)
        {
            int index = codePoint - Syllables;
            decomposed.Add(Leads + (index / (VowelCount * TailCount)));
            decomposed.Add(Vowels + (index / TailCount % VowelCount));
            if (index % TailCount > 0)
                decomposed.Add(Tails + (index % TailCount));
        }
        else if (decompositions.TryGetValue(codePoint, out (bool IsCompatible, int[] CodePoints) decomposition) && (isCompatible || !decomposition.IsCompatible))
        {
            foreach (int part in decomposition.CodePoints)
                Decompose(part, isCompatible, decomposed);
        }
        else
        {
            decomposed.Add(codePoint);
        }
    }

    /// <summary>The character that two compose to; <see langword="null"/> if they do not.</summary>
    public static int? Compose(int first, int second)
    {
        if (first is >= Leads and < Leads + LeadCount && second is >= Vowels and < Vowels + VowelCount)
            return Syllables + ((((first - Leads) * VowelCount) + second - Vowels) * TailCount);
        if (first is >= Syllables and < Syllables + SyllableCount && (first - Syllables) % TailCount == 0 && second is > Tails and < Tails + TailCount)
            return first + second - Tails;
        return compositions.TryGetValue((first, second), out int composed) ? composed : null;
    }
}

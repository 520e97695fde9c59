namespace TinT.Compiler.Specs.Fields;

/// <summary>Finds what a misspelt word was meant to be.</summary>
internal static class Suggestions
{
    /// <summary>
    /// The word nearest to <paramref name="text"/>, if no more than a third of its letters (at least one) would have to be
    /// changed, swapped, added or removed; capitals and hyphens do not count.
    /// </summary>
    public static string? Nearest(string text, IEnumerable<string> words)
    {
        string normalized = Normalize(text);
        string? nearest = null;
        int best = int.MaxValue;
        foreach (string word in words)
        {
            int distance = Distance(normalized, Normalize(word));
            if (distance <= Math.Max(1, word.Length / 3) && distance < best)
            {
                best = distance;
                nearest = word;
            }
        }

        return nearest;
    }

    /// <summary>The words in quotes, joined as in English.</summary>
    public static string List(IReadOnlyList<string> words, string conjunction)
    {
        string[] quoted = words.Select(word => $"'{word}'").ToArray();
        return quoted.Length < 2
            ? string.Concat(quoted)
            : $"{string.Join(", ", quoted.Take(quoted.Length - 1))} {conjunction} {quoted[quoted.Length - 1]}";
    }

    private static string Normalize(string word) => word.ToLowerInvariant().Replace('-', '_');

    /// <summary>Edits between two words: insertion, deletion, change, and swap of neighbours (optimal string alignment).</summary>
    private static int Distance(string from, string to)
    {
        int[] beforePrevious = new int[to.Length + 1];
        int[] previous = Enumerable.Range(0, to.Length + 1).ToArray();
        for (int i = 1; i <= from.Length; i++)
        {
            int[] current = new int[to.Length + 1];
            current[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int change = previous[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                current[j] = Math.Min(change, Math.Min(previous[j], current[j - 1]) + 1);
                bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
                if (swapped)
                    current[j] = Math.Min(current[j], beforePrevious[j - 2] + 1);
            }

            beforePrevious = previous;
            previous = current;
        }

        return previous[to.Length];
    }
}

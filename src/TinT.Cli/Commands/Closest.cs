namespace TinT.Cli.Commands;

/// <summary>Finds the word that was meant by a misspelt one.</summary>
internal static class Closest
{
    /// <summary>The word that takes the fewest changes of a letter – one added, left out, replaced, or two exchanged – if they are few.</summary>
    /// <param name="word">The misspelt word.</param>
    /// <param name="words">The words there are.</param>
    public static string? To(string word, IEnumerable<string> words)
    {
        (string Word, int Changes)[] changes = [.. words.Select(other => (other, Changes(word.ToLowerInvariant(), other.ToLowerInvariant())))];
        return changes.Where(found => found.Changes <= Math.Max(1, found.Word.TrimStart('-').Length / 3))
            .OrderBy(found => found.Changes).Select(found => found.Word).FirstOrDefault();
    }

    private static int Changes(string one, string other)
    {
        int[,] distance = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
        {
            for (int j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }

                int replaced = distance[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(replaced, 1 + Math.Min(distance[i - 1, j], distance[i, j - 1]));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    distance[i, j] = Math.Min(distance[i, j], 1 + distance[i - 2, j - 2]);
            }
        }

        return distance[one.Length, other.Length];
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints;

/// <summary>Words of error messages: names from files made safe for one line, shapes, and the names closest to a wrong one.</summary>
internal static class CheckpointText
{
    private const int LongestName = 120;
    private const int MostListed = 5;

    /// <summary>Puts a name taken from a file between quotes, on one line and not too long.</summary>
    public static string Quote(string name) =>
        name.Length > LongestName ? $"'{OneLine(name[..LongestName])}…'" : $"'{OneLine(name)}'";

    /// <summary>What a JSON parser complains of: its message, on one line and not too long, as it may quote the file.</summary>
    public static string Complaint(JsonException exception)
    {
        string message = OneLine(exception.Message);
        return message.Length > 2 * LongestName ? $"{message[..LongestName]}…{message[^LongestName..]}" : message;
    }

    /// <summary>Lists the first few names in quotes and says how many more there are.</summary>
    public static string QuoteAll(IReadOnlyCollection<string> names)
    {
        string listed = string.Join(", ", names.Take(MostListed).Select(Quote));
        return names.Count > MostListed
            ? Invariant($"{listed} and {names.Count - MostListed} more")
            : listed;
    }

    /// <summary>A shape as <c>[2, 3]</c>.</summary>
    public static string Shape(IEnumerable<long> shape) =>
        $"[{string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";

    /// <summary>Says that a tensor is missing and proposes the names closest to it, or shows some that exist.</summary>
    public static string NoTensor(string path, string name, IReadOnlyCollection<string> known)
    {
        string mend = Closest(name, known) is { } closest ? $"did you mean {closest}?"
            : known.Count > 0 ? $"there are {QuoteAll(known)}."
            : "there are no tensors at all.";
        return $"{path}: there is no tensor {Quote(name)}; {mend}";
    }

    /// <summary>Says that a tensor has no business in a file and proposes the names closest to it, or shows those that have.</summary>
    public static string UnknownTensor(string path, string name, IReadOnlyCollection<string> known)
    {
        string mend = Closest(name, known) is { } closest ? $"did you mean {closest}?" : $"remove it; the file may hold {QuoteAll(known)}.";
        return $"{path}: the tensor {Quote(name)} is not known here; {mend}";
    }

    private static string? Closest(string name, IEnumerable<string> known)
    {
        int farthest = Math.Max(2, name.Length / 4);
        string[] close =
        [
            .. known
                .Select(candidate => (Name: candidate, Distance: NameDistance(name, candidate)))
                .Where(candidate => candidate.Distance <= farthest)
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
                .Take(3)
                .Select(candidate => Quote(candidate.Name)),
        ];
        return close.Length > 0 ? string.Join(" or ", close) : null;
    }

    private static string OneLine(string text)
    {
        StringBuilder line = new();
        foreach (char character in text)
        {
            if (char.IsControl(character) || char.IsSurrogate(character))
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                line.Append(character);
        }

        return line.ToString();
    }

    /// <summary>Edit distance; a first part that one name has and the other lacks, such as <c>transformer.</c>, counts as one edit.</summary>
    private static int NameDistance(string left, string right)
    {
        if (left.Length > LongestName || right.Length > LongestName)
            return int.MaxValue;

        string leftRest = left[(left.IndexOf('.', StringComparison.Ordinal) + 1)..];
        string rightRest = right[(right.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return Math.Min(EditDistance(left, right), 1 + Math.Min(EditDistance(leftRest, right), EditDistance(left, rightRest)));
    }

    /// <summary>Levenshtein distance.</summary>
    private static int EditDistance(string left, string right)
    {
        int[] previous = [.. Enumerable.Range(0, right.Length + 1)];
        int[] current = new int[right.Length + 1];
        for (int row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (int column = 1; column <= right.Length; column++)
            {
                int replaced = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
                current[column] = Math.Min(replaced, Math.Min(previous[column], current[column - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}

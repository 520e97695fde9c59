using System.Globalization;
using TinT.Cli.Outcomes;

namespace TinT.Cli.Jobs;

/// <summary>A part of work that several processes share.</summary>
/// <param name="Index">The part, from 1.</param>
/// <param name="Count">Parts.</param>
internal sealed record ShardChoice(int Index, int Count)
{
    /// <summary>Reads <c>I/N</c>.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static ShardChoice Parse(string text)
    {
        string[] parts = text.Split('/');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && index >= 1 && index <= count)
        {
            return new ShardChoice(index, count);
        }

        throw new UsageException($"--shard is I/N with I from 1 to N, such as 2/4, not '{text}'.");
    }

    /// <summary>Whether a piece of work is this part's.</summary>
    /// <param name="piece">Its index.</param>
    public bool Has(int piece) => piece % Count == Index - 1;
}

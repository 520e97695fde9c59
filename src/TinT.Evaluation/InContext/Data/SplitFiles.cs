using System.Globalization;
using System.Text.RegularExpressions;

namespace TinT.Evaluation.InContext.Data;

/// <summary>Finds the files of a split as people name them, and as Hugging Face's <c>datasets</c> lays out data sets of plain files.</summary>
/// <remarks>
/// In this order, in the task's folder and in <c>data/</c> there: <c>train.jsonl</c>; what the front matter of <c>README.md</c> names;
/// <c>train-00000-of-00002.jsonl</c> and the other shards; all files of the folder <c>train/</c>.
/// </remarks>
internal static partial class SplitFiles
{
    private static readonly string[] folders = ["", "data"];

    /// <summary>The files, in their order; none if there are none.</summary>
    /// <param name="directory">The task's folder.</param>
    /// <param name="split">Name of the split.</param>
    /// <exception cref="DataSetException">A shard is missing, the front matter names what is not there, or a folder cannot be read.</exception>
    public static IReadOnlyList<string> Find(string directory, string split)
    {
        if (!Directory.Exists(directory))
            return [];
        try
        {
            string[] places = [.. folders.Select(folder => Path.Combine(directory, folder)).Where(Directory.Exists)];
            return Whole(places, split) ?? DataCard.FilesOf(directory, split) ?? Shards(places, split) ?? InFolder(places, split) ?? [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataSetException(directory, null, $"cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Why there is nothing to read although there are data, and what to do; <see langword="null"/> if there are none.</summary>
    /// <param name="directory">The task's folder.</param>
    public static string? Refusal(string directory)
    {
        if (!Directory.Exists(directory))
            return null;
        string[] files = Directory.GetFiles(directory, "*", SearchOption.AllDirectories);
        if (files.Any(file => Path.GetFileName(file) is "dataset_dict.json" or "state.json" || file.EndsWith(".arrow", StringComparison.OrdinalIgnoreCase)))
        {
            return "holds Arrow files, as 'save_to_disk' of Hugging Face's datasets writes them, which are not read. Convert them once: "
                + "python -c \"from datasets import load_from_disk; d = load_from_disk('.'); [d[s].to_json(s + '.jsonl') for s in d]\" in that folder.";
        }

        return files.FirstOrDefault(file => file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase)) is { } parquet
            ? $"holds Parquet files such as {Path.GetRelativePath(directory, parquet)}, which are not read. Convert them once: "
                + "python -c \"from datasets import load_dataset; d = load_dataset('.'); [d[s].to_json(s + '.jsonl') for s in d]\" in that folder."
            : null;
    }

    private static string[]? Whole(string[] places, string split) =>
        (from place in places from format in DataSetFormat.All select Path.Combine(place, split + format.Extension)).FirstOrDefault(File.Exists) is { } file
            ? [file]
            : null;

    private static string[]? Shards(string[] places, string split)
    {
        foreach (string place in places)
        {
            (string File, int Index, int Count)[] shards =
            [
                .. from file in Directory.GetFiles(place)
                   let match = ShardName().Match(Path.GetFileName(file))
                   where match.Success && match.Groups["split"].Value == split && DataSetFormat.Find(file) is not null
                   let index = int.Parse(match.Groups["index"].Value, CultureInfo.InvariantCulture)
                   orderby index
                   select (file, index, int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture)),
            ];
            if (shards.Length == 0)
                continue;
            int count = shards[0].Count;
            if (shards.Any(shard => shard.Count != count) || !shards.Select(shard => shard.Index).SequenceEqual(Enumerable.Range(0, count)))
            {
                throw new DataSetException(
                    place, null, FormattableString.Invariant(
                        $"has the shards {string.Join(", ", shards.Select(shard => Path.GetFileName(shard.File)))} of {count}; all are needed, each once and in one format."));
            }

            return [.. shards.Select(shard => shard.File)];
        }

        return null;
    }

    private static string[]? InFolder(string[] places, string split)
    {
        foreach (string folder in places.Select(place => Path.Combine(place, split)).Where(Directory.Exists))
        {
            string[] files = [.. Directory.GetFiles(folder).Where(file => DataSetFormat.Find(file) is not null).Order(StringComparer.Ordinal)];
            if (files.Length > 0)
                return files;
        }

        return null;
    }

    [GeneratedRegex(@"^(?<split>.+)-(?<index>\d{1,9})-of-(?<count>\d{1,9})\.\w+$")]
    private static partial Regex ShardName();
}

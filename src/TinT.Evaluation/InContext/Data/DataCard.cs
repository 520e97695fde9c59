using System.Text.RegularExpressions;

namespace TinT.Evaluation.InContext.Data;

/// <summary>
/// The front matter of a data set's <c>README.md</c>, which may name the files of each split (<c>configs</c>, <c>data_files</c>, with <c>split</c> and <c>path</c>,
/// a file, a pattern with <c>*</c>, or a list of these). Of several configurations the one called <c>default</c> counts, else the first.
/// </summary>
internal static partial class DataCard
{
    private const string Fence = "---";

    /// <summary>The files of a split, each pattern's by name; <see langword="null"/> if the front matter names none.</summary>
    /// <param name="directory">The data set's folder.</param>
    /// <param name="split">Name of the split.</param>
    /// <exception cref="DataSetException">There is no such file.</exception>
    public static IReadOnlyList<string>? FilesOf(string directory, string split)
    {
        string card = Path.Combine(directory, "README.md");
        if (!File.Exists(card))
            return null;
        string[] lines = File.ReadAllLines(card);
        if (lines.FirstOrDefault()?.TrimEnd() != Fence)
            return null;
        List<string> patterns = PatternsOf([.. lines.Skip(1).TakeWhile(line => line.TrimEnd() != Fence)], split);
        if (patterns.Count == 0)
            return null;
        string[] all = [.. Directory.GetFiles(directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        List<string> files = [];
        foreach (string pattern in patterns)
        {
            Regex name = new("^" + Regex.Escape(pattern).Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$");
            string[] found = [.. all.Where(file => name.IsMatch(Path.GetRelativePath(directory, file).Replace(Path.DirectorySeparatorChar, '/')))];
            if (found.Length == 0)
                throw new DataSetException(card, null, $"names {pattern} as data of the split '{split}', but there is no such file.");
            files.AddRange(found);
        }

        return DataSetFormat.Find(files[0]) is null ? null : files;
    }

    private static List<string> PatternsOf(string[] lines, string split)
    {
        // Each configuration begins with its name; without any the whole front matter is one.
        List<(string Name, List<string> Patterns)> configurations = [("", [])];
        string? current = null;
        bool isList = false;
        foreach (string line in lines)
        {
            Match item = Item().Match(line);
            if (!item.Success)
                continue;
            (string key, string value) = (item.Groups["key"].Value, item.Groups["value"].Value.Trim().Trim('"', '\''));
            if (key == "config_name")
                configurations.Add((value, []));
            else if (key == "split")
                current = value;
            else if (key == "path" && value.Length > 0 && current == split)
                configurations[^1].Patterns.Add(value);
            else if (key.Length == 0 && isList && current == split)
                configurations[^1].Patterns.Add(value);
            isList = key == "path" ? value.Length == 0 : isList && key.Length == 0;
        }

        return (configurations.FirstOrDefault(each => each.Name == "default" && each.Patterns.Count > 0) is { Patterns: not null } chosen
            ? chosen
            : configurations.FirstOrDefault(each => each.Patterns.Count > 0)).Patterns ?? [];
    }

    /// <summary><c>key: value</c>, either with a dash in front, or a dash with a value alone.</summary>
    [GeneratedRegex(@"^\s*(-\s+)?((?<key>config_name|split|path):\s*(?<value>.*)|(?<=-\s+)(?<value>[^:]+))$")]
    private static partial Regex Item();
}

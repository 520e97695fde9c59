using System.Globalization;

namespace TinT.Tests.Common;

/// <summary>
/// The values of a spec whose sections hold only <c>key: value</c> lines, so that tests of parts that know nothing of the
/// compiler can use its specs.
/// </summary>
public sealed class FlatSpec
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Reads a spec.</summary>
    /// <param name="path">Path of the file.</param>
    public FlatSpec(string path)
    {
        string section = "";
        foreach (string line in File.ReadLines(path))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                continue;
            string key = line[..colon].Trim();
            string value = line[(colon + 1)..].Trim();
            if (!char.IsWhiteSpace(line[0]))
                section = value.Length == 0 ? key + "." : "";
            if (value.Length > 0)
                values.Add(section + key, value);
        }
    }

    /// <summary>A text value.</summary>
    /// <param name="key"><c>section.key</c>, or <c>key</c> at the top.</param>
    public string Text(string key) => values[key];

    /// <summary>A whole number.</summary>
    /// <param name="key"><c>section.key</c>.</param>
    public int Whole(string key) => int.Parse(values[key], CultureInfo.InvariantCulture);

    /// <summary>A whole number that may be absent.</summary>
    /// <param name="key"><c>section.key</c>.</param>
    /// <param name="absent">What absence means.</param>
    public int Whole(string key, int absent) => values.ContainsKey(key) ? Whole(key) : absent;

    /// <summary>A number.</summary>
    /// <param name="key"><c>section.key</c>.</param>
    public double Number(string key) => double.Parse(values[key], CultureInfo.InvariantCulture);
}

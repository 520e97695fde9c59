using System.Text.Json;
using TinT.Model.Architectures;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints;

/// <summary>The fields of a <c>config.json</c>, by names in which a dot leads into an object, and what is wrong with them. A field that is null is absent.</summary>
/// <param name="root">The file's object.</param>
internal sealed class ConfigurationFields(JsonElement root) : IConfiguration
{
    private readonly List<string> problems = [];

    /// <summary>What is wrong, each a clause of a sentence.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Adds to what is wrong; what is told already is not told again.</summary>
    /// <param name="problem">A clause of a sentence.</param>
    public void Report(string problem)
    {
        if (!problems.Contains(problem))
            problems.Add(problem);
    }

    /// <summary>Finds a field.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="field">The field.</param>
    public bool TryGet(string name, out JsonElement field)
    {
        field = root;
        foreach (string part in name.Split('.'))
        {
            if (field.ValueKind == JsonValueKind.Object && field.TryGetProperty(part, out field) && field.ValueKind != JsonValueKind.Null)
                continue;
            field = default;
            return false;
        }

        return true;
    }

    /// <summary>Whether a field is null.</summary>
    /// <param name="name">Its name, without dots.</param>
    public bool IsNull(string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out JsonElement field) && field.ValueKind == JsonValueKind.Null;

    /// <summary>A text.</summary>
    /// <param name="name">Name of the field.</param>
    public string? Word(string name)
    {
        if (!TryGet(name, out JsonElement field))
            return null;
        if (field.ValueKind == JsonValueKind.String)
            return field.GetString();
        Report($"{name} is {Quote(field)}, which is not a text");
        return null;
    }

    /// <inheritdoc/>
    public bool? Flag(string name)
    {
        if (!TryGet(name, out JsonElement field))
            return null;
        if (field.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return field.GetBoolean();
        Report($"{name} is {Quote(field)}, which is neither true nor false");
        return null;
    }

    /// <summary>A whole number of any size.</summary>
    /// <param name="name">Name of the field.</param>
    public long? Whole(string name)
    {
        if (!TryGet(name, out JsonElement field))
            return null;
        if (field.ValueKind == JsonValueKind.Number && field.TryGetInt64(out long whole))
            return whole;
        Report($"{name} is {Quote(field)}, which is not a whole number");
        return null;
    }

    /// <inheritdoc/>
    public int? Size(string name)
    {
        if (Whole(name) is not { } whole)
            return null;
        if (whole is >= 0 and <= int.MaxValue)
            return (int)whole;
        Report(Invariant($"{name} is {whole}, which is not between 0 and {int.MaxValue}"));
        return null;
    }

    /// <summary>A positive number.</summary>
    /// <param name="name">Name of the field.</param>
    public double? Number(string name)
    {
        if (!TryGet(name, out JsonElement field))
            return null;
        if (!PythonNumbers.IsNumber(field) || !field.TryGetDouble(out double number))
            Report($"{name} is {Quote(field)}, which is not a number");
        else if (!double.IsFinite(number) || number <= 0)
            Report(Invariant($"{name} is {Quote(field)}, which is not a number above 0"));
        else
            return number;
        return null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string>? Words(string name)
    {
        if (!TryGet(name, out JsonElement field))
            return null;
        if (AsWords(field) is { } words)
            return words;
        Report($"{name} is {Quote(field)}, which is not a list of texts");
        return null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string>? RepeatedWords(string name)
    {
        // Longer lists than models have layers would only take memory.
        const int Most = 1 << 16;
        if (!TryGet(name, out JsonElement field))
            return null;
        List<string> all = [];
        foreach (JsonElement pattern in field.ValueKind == JsonValueKind.Array ? field.EnumerateArray() : default)
        {
            if (pattern.ValueKind != JsonValueKind.Array || pattern.GetArrayLength() != 2 || AsWords(pattern[0]) is not { } words
                || pattern[1].ValueKind != JsonValueKind.Number || !pattern[1].TryGetInt32(out int times) || (long)words.Length * times is < 0 or > Most)
            {
                all.Clear();
                break;
            }

            for (int time = 0; time < times; time++)
                all.AddRange(words);
        }

        if (all.Count > 0)
            return all;
        Report($"{name} is {Quote(field)}, which is not a list of patterns, each a list of texts and how often it comes");
        return null;
    }

    /// <inheritdoc/>
    public void Refuse(string name, string supported) => Report($"{name} is {Show(name)}, but only {supported} is supported");

    /// <summary>A field as messages show it.</summary>
    /// <param name="name">Its name.</param>
    public string Show(string name)
    {
        if (!TryGet(name, out JsonElement field))
            return "absent";
        return field.ValueKind switch
        {
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.String => CheckpointText.Quote(field.GetString()!),
            JsonValueKind.Number when field.TryGetInt64(out long whole) => Invariant($"{whole}"),
            JsonValueKind.Number when PythonNumbers.IsNumber(field) && field.TryGetDouble(out double number) => Invariant($"{number}"),
            _ => Quote(field),
        };
    }

    /// <summary>A field as the file has it, in quotes.</summary>
    /// <param name="name">Its name.</param>
    public string Raw(string name) => TryGet(name, out JsonElement field) ? Quote(field) : "absent";

    private static string[]? AsWords(JsonElement field) =>
        field.ValueKind == JsonValueKind.Array && field.EnumerateArray().All(word => word.ValueKind == JsonValueKind.String)
            ? [.. field.EnumerateArray().Select(word => word.GetString()!)]
            : null;

    private static string Quote(JsonElement field) => CheckpointText.Quote(PythonNumbers.RawText(field));
}

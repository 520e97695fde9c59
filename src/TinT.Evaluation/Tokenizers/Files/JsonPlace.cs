using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TinT.Evaluation.Tokenizers.Files;

/// <summary>A value in a JSON file.</summary>
/// <param name="File">The file.</param>
/// <param name="Path">The value's path, such as <c>$.model.type</c>.</param>
/// <param name="Value">The value.</param>
internal readonly record struct JsonPlace(string File, string Path, JsonElement Value)
{
    /// <summary>Whether it is an object.</summary>
    public bool IsObject => Value.ValueKind == JsonValueKind.Object;

    /// <summary>Whether it is an array.</summary>
    public bool IsArray => Value.ValueKind == JsonValueKind.Array;

    /// <summary>A property of an object; <see langword="null"/> if it is missing or null.</summary>
    /// <param name="name">Its name.</param>
    public JsonPlace? Find(string name) =>
        IsObject && Value.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? At(name, value) : null;

    /// <summary>Whether an object has a property, be it null.</summary>
    /// <param name="name">Its name.</param>
    public bool Has(string name) => IsObject && Value.TryGetProperty(name, out _);

    /// <summary>A property that must be there.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="TokenizerFormatException">It is missing or null.</exception>
    public JsonPlace Get(string name) => Find(name) ?? throw Error($"has no \"{name}\"; download the file again.");

    /// <summary>The properties of an object; <see cref="Property"/> makes places of them.</summary>
    /// <exception cref="TokenizerFormatException">This is no object.</exception>
    public JsonElement.ObjectEnumerator Properties() => IsObject ? Value.EnumerateObject() : throw Error($"must be an object, not {Describe()}.");

    /// <summary>The items of an array.</summary>
    /// <exception cref="TokenizerFormatException">This is no array.</exception>
    public IEnumerable<JsonPlace> Items()
    {
        JsonPlace place = this;
        return Elements().Select((item, index) => place.Item(index, item));
    }

    /// <summary>The items of a long array; <see cref="Item"/> makes places of them.</summary>
    /// <exception cref="TokenizerFormatException">This is no array.</exception>
    public JsonElement.ArrayEnumerator Elements() => IsArray ? Value.EnumerateArray() : throw Error($"must be an array, not {Describe()}.");

    /// <summary>The place of an item of this array.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="item">The item.</param>
    public JsonPlace Item(int index, JsonElement item) => new(File, string.Create(CultureInfo.InvariantCulture, $"{Path}[{index}]"), item);

    /// <summary>The place of a property of this object.</summary>
    /// <param name="property">The property.</param>
    public JsonPlace Property(JsonProperty property) => At(property.Name, property.Value);

    /// <summary>The text that this is.</summary>
    /// <exception cref="TokenizerFormatException">It is something else.</exception>
    public string Text() => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Error($"must be a text, not {Describe()}.");

    /// <summary>The one character that this is.</summary>
    /// <exception cref="TokenizerFormatException">It is something else.</exception>
    public Rune Character()
    {
        string text = Text();
        return Rune.TryGetRuneAt(text.Length > 0 ? text : "\uFFFD", 0, out Rune rune) && rune.Utf16SequenceLength == text.Length
            ? rune
            : throw Error($"must be one character, not \"{text}\".");
    }

    /// <summary>The truth value that this is.</summary>
    /// <exception cref="TokenizerFormatException">It is something else.</exception>
    public bool Flag() =>
        Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Value.GetBoolean() : throw Error($"must be true or false, not {Describe()}.");

    /// <summary>A truth value of an object.</summary>
    /// <param name="name">Name of the property.</param>
    /// <param name="otherwise">Its value if it is missing or null.</param>
    /// <exception cref="TokenizerFormatException">It is something else.</exception>
    public bool Flag(string name, bool otherwise) => Find(name)?.Flag() ?? otherwise;

    /// <summary>The whole number from 0 that this is.</summary>
    /// <exception cref="TokenizerFormatException">It is something else.</exception>
    public int Count() =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out int number) && number >= 0
            ? number
            : throw Error($"must be a whole number from 0, not {Describe()}.");

    /// <summary>The number that this is.</summary>
    /// <exception cref="TokenizerFormatException">It is something else.</exception>
    public double Number() =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out double number) && double.IsFinite(number)
            ? number
            : throw Error($"must be a number, not {Describe()}.");

    /// <summary>An error about this value.</summary>
    /// <param name="problem">What is wrong and how to mend it.</param>
    public TokenizerFormatException Error(string problem) => TokenizerFormatException.At(File, Path, problem);

    /// <summary>The value as a message shows it.</summary>
    public string Describe() => Value.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => Value.GetString() is { Length: <= 100 } text ? $"\"{text}\"" : "a long text",
        JsonValueKind.Number => Value.GetRawText() is { Length: <= 40 } number ? number : "a long number",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        _ => "nothing",
    };

    private JsonPlace At(string name, JsonElement value) =>
        new(File, IsPlain(name) ? $"{Path}.{name}" : $"{Path}[{JsonSerializer.Serialize(name, PlainText.Default.String)}]", value);

    private static bool IsPlain(string name) => name.Length > 0 && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}

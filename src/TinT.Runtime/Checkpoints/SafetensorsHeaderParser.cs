using System.Text;
using System.Text.Json;

namespace TinT.Runtime.Checkpoints;

/// <summary>Reads the JSON of a safetensors header, refusing everything the format does not define.</summary>
internal ref struct SafetensorsHeaderParser
{
    /// <summary>Header object, tensor object, array.</summary>
    private const int DeepestNesting = 3;

    /// <summary>More sizes than any tensor library allows, so that a hostile shape stays small in memory and in messages.</summary>
    private const int MostNumbers = 64;

    private const string Mend = "the file is damaged or no safetensors file: download or convert it again.";

    private readonly string path;
    private readonly ReadOnlySpan<byte> json;
    private Utf8JsonReader reader;
    private string context = "the header";

    public SafetensorsHeaderParser(string path, ReadOnlySpan<byte> json)
    {
        this.path = path;
        this.json = json;
        reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
    }

    /// <summary>Parses the whole header.</summary>
    /// <exception cref="CheckpointFormatException">It is no header of the safetensors format.</exception>
    public SafetensorsHeader Parse()
    {
        if (json.Length == 0 || json[0] != (byte)'{')
            throw Fail("does not start with '{'");

        try
        {
            return ParseEntries();
        }
        catch (JsonException exception)
        {
            throw new CheckpointFormatException($"{path}: {context} is not valid JSON ({CheckpointText.Complaint(exception)}); {Mend}", exception);
        }
    }

    private SafetensorsHeader ParseEntries()
    {
        List<SafetensorsEntry> entries = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);

        reader.Read();
        while (ReadPropertyName(out string name))
        {
            if (!names.Add(name))
                throw Fail($"names tensor {CheckpointText.Quote(name)} twice");
            if (name == SafetensorsHeader.MetadataName)
                ParseMetadata(metadata);
            else
                entries.Add(ParseEntry(name));
            context = "the header";
        }

        // Only white space may follow; the reader throws on anything else.
        reader.Read();
        return new SafetensorsHeader(entries, metadata);
    }

    private void ParseMetadata(Dictionary<string, string> metadata)
    {
        context = SafetensorsHeader.MetadataName;
        Expect(JsonTokenType.StartObject, "is not an object");
        while (ReadPropertyName(out string key))
        {
            Expect(JsonTokenType.String, $"has a value at {CheckpointText.Quote(key)} that is not a string");
            if (!metadata.TryAdd(key, ReadText()))
                throw Fail($"has {CheckpointText.Quote(key)} twice");
        }
    }

    private SafetensorsEntry ParseEntry(string name)
    {
        context = $"tensor {CheckpointText.Quote(name)}";
        if (name.Any(char.IsControl))
            throw Fail("has a control character in its name");

        TensorType? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        Expect(JsonTokenType.StartObject, "is not an object");
        while (ReadPropertyName(out string field))
        {
            bool repeated = field switch
            {
                "dtype" => type is not null,
                "shape" => shape is not null,
                "data_offsets" => offsets is not null,
                _ => throw Fail($"has an unknown field {CheckpointText.Quote(field)}"),
            };
            if (repeated)
                throw Fail($"has field {CheckpointText.Quote(field)} twice");

            switch (field)
            {
                case "dtype":
                    type = ParseType();
                    break;
                case "shape":
                    shape = ParseNumbers(field);
                    break;
                default:
                    offsets = ParseNumbers(field);
                    break;
            }
        }

        if (type is null || shape is null || offsets is null)
            throw Fail($"has no field '{(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")}'");
        if (offsets.Count != 2)
            throw Fail("has data_offsets that are not two numbers");
        return new SafetensorsEntry(name, type.Value, shape.AsReadOnly(), offsets[0], offsets[1]);
    }

    private TensorType ParseType()
    {
        Expect(JsonTokenType.String, "has a dtype that is not a string");
        string name = ReadText();
        if (TensorTypeExtensions.TryParseHeaderName(name, out TensorType type))
            return type;
        throw new CheckpointFormatException(
            $"{path}: {context} has dtype {CheckpointText.Quote(name)}, which is not supported; convert it to one of {string.Join(", ", Enum.GetValues<TensorType>().Select(known => known.HeaderName()))}.");
    }

    private List<long> ParseNumbers(string field)
    {
        Expect(JsonTokenType.StartArray, $"has a {field} that is not an array");
        List<long> numbers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
            {
                throw Fail($"has a {field} with {CheckpointText.Quote(Encoding.UTF8.GetString(reader.ValueSpan))}, which is not a whole number from 0 to {long.MaxValue}");
            }

            if (numbers.Count == MostNumbers)
                throw Fail($"has a {field} of more than {MostNumbers} numbers");
            numbers.Add(number);
        }

        return numbers;
    }

    private bool ReadPropertyName(out string name)
    {
        reader.Read();
        name = reader.TokenType == JsonTokenType.PropertyName ? ReadText() : "";
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    private void Expect(JsonTokenType type, string otherwise)
    {
        reader.Read();
        if (reader.TokenType != type)
            throw Fail(otherwise);
    }

    private readonly string ReadText()
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new CheckpointFormatException($"{path}: {context} has text that is not valid Unicode; {Mend}", exception);
        }
    }

    private readonly CheckpointFormatException Fail(string what) => new($"{path}: {context} {what}; {Mend}");
}

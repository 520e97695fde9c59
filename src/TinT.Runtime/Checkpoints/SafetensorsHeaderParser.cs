using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace TinT.Runtime.Checkpoints;

/// <summary>Reads the JSON of a safetensors header; what is accepted stands at <see cref="SafetensorsFile"/>.</summary>
internal ref struct SafetensorsHeaderParser
{
    /// <summary>As deep as the official reader goes into fields it does not know.</summary>
    private const int DeepestNesting = 127;

    /// <summary>As many sizes as NumPy and PyTorch allow, so that a hostile shape stays small in memory and in messages.</summary>
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
        // The reader leaves what it skips undecoded.
        if (!Utf8.IsValid(json))
            throw Fail("has text that is not valid Unicode");
        if (!json.TrimStart(" \t\r\n"u8).StartsWith((byte)'{'))
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
        OrderedDictionary<string, SafetensorsEntry> entries = new(StringComparer.Ordinal);
        Dictionary<string, string>? metadata = null;

        reader.Read();
        while (ReadPropertyName(out string name))
        {
            if (name != SafetensorsHeader.MetadataName)
                entries[name] = ParseEntry(name);
            else if (metadata is null)
                metadata = ParseMetadata();
            else
                throw Fail($"has {SafetensorsHeader.MetadataName} twice");
            context = "the header";
        }

        // Only white space may follow; the reader throws on anything else.
        reader.Read();
        return new SafetensorsHeader([.. entries.Values], metadata ?? []);
    }

    private Dictionary<string, string> ParseMetadata()
    {
        context = SafetensorsHeader.MetadataName;
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return metadata;
        Require(JsonTokenType.StartObject, "is not an object");
        while (ReadPropertyName(out string key))
        {
            Expect(JsonTokenType.String, $"has a value at {CheckpointText.Quote(key)} that is not a string");
            metadata[key] = ReadText();
        }

        return metadata;
    }

    private SafetensorsEntry ParseEntry(string name)
    {
        context = $"tensor {CheckpointText.Quote(name)}";
        TensorType? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            type = ParseType();
            shape = ParseNumbers("shape");
            offsets = ParseNumbers("data_offsets");
            Expect(JsonTokenType.EndArray, "is an array of more than dtype, shape and data_offsets");
        }
        else
        {
            Require(JsonTokenType.StartObject, "is not an object");
            ParseFields(ref type, ref shape, ref offsets);
        }

        if (type is null || shape is null || offsets is null)
            throw Fail($"has no field '{(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")}'");
        if (offsets.Count != 2)
            throw Fail("has data_offsets that are not two numbers");
        return new SafetensorsEntry(name, type.Value, shape.AsReadOnly(), offsets[0], offsets[1]);
    }

    private void ParseFields(ref TensorType? type, ref List<long>? shape, ref List<long>? offsets)
    {
        while (ReadPropertyName(out string field))
        {
            bool repeated = field switch
            {
                "dtype" => type is not null,
                "shape" => shape is not null,
                "data_offsets" => offsets is not null,
                _ => false,
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
                case "data_offsets":
                    offsets = ParseNumbers(field);
                    break;
                default:
                    SkipValue(field);
                    break;
            }
        }
    }

    /// <summary>Reads past the value of a field that is not known, whose texts and numbers must be readable all the same.</summary>
    private void SkipValue(string field)
    {
        int open = 0;
        do
        {
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open++;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open--;
                    break;
                case JsonTokenType.PropertyName or JsonTokenType.String:
                    ReadText();
                    break;
                case JsonTokenType.Number when !reader.TryGetDouble(out double number) || !double.IsFinite(number):
                    throw Fail($"has a field {CheckpointText.Quote(field)} with {CheckpointText.Quote(Encoding.UTF8.GetString(reader.ValueSpan))}, which no number holds");
            }
        }
        while (open > 0);
    }

    private TensorType ParseType()
    {
        Expect(JsonTokenType.String, "has a dtype that is not a string");
        string name = ReadText();
        if (TensorTypeExtensions.TryParseHeaderName(name, out TensorType type))
            return type;
        throw new CheckpointFormatException(
            $"{path}: {context} has dtype {CheckpointText.Quote(name)}, which the format does not define; convert it to one of {TensorTypeExtensions.ReadableNames}.");
    }

    private List<long> ParseNumbers(string field)
    {
        Expect(JsonTokenType.StartArray, $"has a {field} that is not an array");
        List<long> numbers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetUInt64(out ulong number) || number > long.MaxValue)
            {
                throw Fail($"has a {field} with {CheckpointText.Quote(Encoding.UTF8.GetString(reader.ValueSpan))}, which is not a whole number from 0 to {long.MaxValue}");
            }

            if (numbers.Count == MostNumbers)
                throw Fail($"has a {field} of more than {MostNumbers} numbers");
            numbers.Add((long)number);
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
        Require(type, otherwise);
    }

    private readonly void Require(JsonTokenType type, string otherwise)
    {
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

using System.Globalization;
using System.Text;
using System.Text.Json;
using TinT.Runtime.Checkpoints;

namespace TinT.Evaluation.Tokenizers;

/// <summary>Reads which tokens of a tokenizer directory are special, by the rules of <c>PreTrainedTokenizerBase</c> in <c>transformers</c>.</summary>
internal sealed class SpecialTokenReader
{
    private const string ConfigurationName = "tokenizer_config.json";
    private const string MapName = "special_tokens_map.json";
    private const string AddedName = "added_tokens.json";
    private const string Decoder = "added_tokens_decoder";

    /// <summary>What GPT-2's tokenizer has in each of <see cref="defaultRoles"/> that no file gives.</summary>
    private const string EndOfText = "<|endoftext|>";

    private static readonly string[] defaultRoles = ["bos_token", "eos_token", "unk_token"];
    private static readonly string[] roles = [.. defaultRoles, "sep_token", "pad_token", "cls_token", "mask_token"];

    /// <summary>Lists of tokens without a role of their own; <c>transformers</c> 5 has the second.</summary>
    private static readonly string[] lists = ["additional_special_tokens", "extra_special_tokens"];

    private readonly string directory;
    private readonly IReadOnlyDictionary<string, int> vocabulary;
    private readonly BytePairTokenizerOptions options;
    private readonly Dictionary<string, SpecialToken> tokens = new(StringComparer.Ordinal);

    private SpecialTokenReader(string directory, IReadOnlyDictionary<string, int> vocabulary, BytePairTokenizerOptions options)
    {
        this.directory = directory;
        this.vocabulary = vocabulary;
        this.options = options;
    }

    /// <summary>Reads the special tokens.</summary>
    /// <param name="directory">The tokenizer directory.</param>
    /// <param name="vocabulary">Ids of the vocabulary's tokens.</param>
    /// <param name="options">What the ids must fit, and the token that starts lines.</param>
    /// <exception cref="TokenizerFormatException">A file is malformed, or a token has an id that the model does not know.</exception>
    public static IReadOnlyCollection<SpecialToken> Read(string directory, IReadOnlyDictionary<string, int> vocabulary, BytePairTokenizerOptions options)
    {
        SpecialTokenReader reader = new(directory, vocabulary, options);
        reader.Read();
        return reader.tokens.Values;
    }

    private void Read()
    {
        using JsonDocument? configuration = Open(ConfigurationName);
        using JsonDocument? map = Open(MapName);
        using JsonDocument? added = Open(AddedName);
        if (configuration is not null && configuration.RootElement.TryGetProperty(Decoder, out JsonElement decoder))
        {
            ReadDecoder(decoder);
            ReadRoles((ConfigurationName, configuration));
            return;
        }

        if (added is not null)
            ReadAdded(added.RootElement);
        ReadRoles((MapName, map), (ConfigurationName, configuration));
    }

    /// <summary><c>{"50256": {"content": "&lt;|endoftext|&gt;", "lstrip": false, …}}</c></summary>
    private void ReadDecoder(JsonElement decoder)
    {
        Require(decoder, JsonValueKind.Object, ConfigurationName, $"{Decoder} must be an object of ids and tokens");
        foreach (JsonProperty entry in decoder.EnumerateObject())
        {
            if (!int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int id))
                throw Error(ConfigurationName, $"{Decoder} has \"{entry.Name}\" where an id must be.");
            Require(entry.Value, JsonValueKind.Object, ConfigurationName, $"the token of id {id} in {Decoder} must be an object");
            Add(ConfigurationName, ContentOf(ConfigurationName, entry.Value), id, entry.Value);
        }
    }

    /// <summary><c>{"&lt;|pad|&gt;": 50257}</c></summary>
    private void ReadAdded(JsonElement added)
    {
        foreach (JsonProperty entry in added.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt32(out int id) || id < 0)
                throw Error(AddedName, $"the id of token \"{entry.Name}\" must be a whole number from 0.");
            Add(AddedName, entry.Name, id, default);
        }
    }

    /// <summary><c>{"bos_token": "&lt;s&gt;", "eos_token": {"content": "&lt;/s&gt;", …}, "additional_special_tokens": […]}</c>; the first file that gives a role counts.</summary>
    private void ReadRoles(params (string Name, JsonDocument? Document)[] files)
    {
        HashSet<string> given = new(StringComparer.Ordinal);
        foreach ((string file, JsonDocument? document) in files)
        {
            if (document is null)
                continue;
            foreach (string role in roles)
            {
                if (document.RootElement.TryGetProperty(role, out JsonElement token) && given.Add(role) && token.ValueKind != JsonValueKind.Null)
                    AddNamed(file, token);
            }

            foreach (string list in lists)
            {
                if (document.RootElement.TryGetProperty(list, out JsonElement more) && given.Add(list))
                    AddList(file, list, more);
            }
        }

        if (!given.IsSupersetOf(defaultRoles))
            AddKnown(ConfigurationName, EndOfText, default);
        if (given.Count == 0 && options.LineStartToken is { } lineStart)
            AddKnown(ConfigurationName, lineStart, default);
    }

    private void AddList(string file, string name, JsonElement list)
    {
        IEnumerable<JsonElement> named = list.ValueKind switch
        {
            JsonValueKind.Array => list.EnumerateArray(),
            JsonValueKind.Object => list.EnumerateObject().Select(token => token.Value),
            JsonValueKind.Null => [],
            _ => throw Error(file, $"{name} must be a list of tokens."),
        };
        foreach (JsonElement token in named)
            AddNamed(file, token);
    }

    private void AddNamed(string file, JsonElement token)
    {
        if (token.ValueKind == JsonValueKind.String)
            AddKnown(file, token.GetString()!, default);
        else if (token.ValueKind == JsonValueKind.Object)
            AddKnown(file, ContentOf(file, token), token);
        else
            throw Error(file, "a special token must be a text or an object with its content.");
    }

    /// <summary>Adds a token that the vocabulary has; others the model would not know, and they stay plain text.</summary>
    private void AddKnown(string file, string content, JsonElement flags)
    {
        if (!tokens.ContainsKey(content) && vocabulary.TryGetValue(content, out int id))
            Add(file, content, id, flags);
    }

    private void Add(string file, string content, int id, JsonElement flags)
    {
        if (content.Length == 0)
            throw Error(file, $"the token of id {id} is empty.");
        if (id == int.MaxValue)
            throw Error(file, $"token \"{content}\" has id {id}, which no vocabulary reaches.");
        if (id >= options.ModelVocabularySize)
            throw Error(file, $"token \"{content}\" has id {id}, but the model's vocabulary has {options.ModelVocabularySize} ids. Read special tokens as plain text, or remove this one.");
        tokens[content] = new SpecialToken(content, id)
        {
            StripsLeft = IsSet(flags, "lstrip"),
            StripsRight = IsSet(flags, "rstrip"),
            IsSingleWord = IsSet(flags, "single_word"),
        };
    }

    private static bool IsSet(JsonElement flags, string name) =>
        flags.ValueKind == JsonValueKind.Object && flags.TryGetProperty(name, out JsonElement flag) && flag.ValueKind == JsonValueKind.True;

    private string ContentOf(string file, JsonElement token) =>
        token.TryGetProperty("content", out JsonElement content) && content.ValueKind == JsonValueKind.String
            ? content.GetString()!
            : throw Error(file, "a special token has no text \"content\".");

    private JsonDocument? Open(string name)
    {
        string path = Path.Combine(directory, name);
        if (!File.Exists(path))
            return null;

        JsonDocument document = Parse(path);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw Error(name, "must be one JSON object.");
    }

    private static JsonDocument Parse(string path)
    {
        ReadOnlyMemory<byte> bytes = TokenizerFile.Read(path);
        try
        {
            return HuggingFaceJson.Parse(bytes.Span);
        }
        catch (JsonException exception)
        {
            throw new TokenizerFormatException(path, (int)(exception.LineNumber ?? 0) + 1, $"is not valid JSON at byte {exception.BytePositionInLine} of the line.", exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw new TokenizerFormatException(path, null, "a text has invalid UTF-8 or a \\u escape of half a surrogate pair.", exception);
        }
    }

    private void Require(JsonElement element, JsonValueKind kind, string file, string rule)
    {
        if (element.ValueKind != kind)
            throw Error(file, $"{rule}.");
    }

    private TokenizerFormatException Error(string file, string problem) => new(Path.Combine(directory, file), null, problem);
}

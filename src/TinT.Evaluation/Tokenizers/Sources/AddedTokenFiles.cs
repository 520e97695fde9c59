using System.Globalization;
using System.Text.Json;
using TinT.Evaluation.Tokenizers.AddedTokens;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Models;

namespace TinT.Evaluation.Tokenizers.Sources;

/// <summary>Reads which tokens are added to a vocabulary in files beside it, by the rules of <c>PreTrainedTokenizerBase</c> in <c>transformers</c>.</summary>
/// <remarks>
/// They are those of <c>added_tokens_decoder</c> in <c>tokenizer_config.json</c> or, where that is missing, of <c>added_tokens.json</c>, and those that
/// <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c> give a role, if the vocabulary has them. <c>&lt;|endoftext|&gt;</c> has the roles of
/// GPT-2's tokenizer that no file gives.
/// </remarks>
internal sealed class AddedTokenFiles
{
    private const string MapName = "special_tokens_map.json";
    private const string AddedName = "added_tokens.json";
    private const string Decoder = "added_tokens_decoder";

    /// <summary>What GPT-2's tokenizer has in each of <see cref="defaultRoles"/> that no file gives.</summary>
    private const string EndOfText = "<|endoftext|>";

    private static readonly string[] defaultRoles = ["bos_token", "eos_token", "unk_token"];
    private static readonly string[] roles = [.. defaultRoles, "sep_token", "pad_token", "cls_token", "mask_token"];

    /// <summary>Lists of tokens without a role of their own; <c>transformers</c> 5 has the second.</summary>
    private static readonly string[] lists = ["additional_special_tokens", "extra_special_tokens"];

    private readonly Vocabulary vocabulary;
    private readonly Dictionary<string, AddedToken> tokens = new(StringComparer.Ordinal);

    private AddedTokenFiles(Vocabulary vocabulary)
    {
        this.vocabulary = vocabulary;
    }

    /// <summary>Reads the tokens.</summary>
    /// <param name="directory">Directory of the files.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="usualStartToken">Token before texts, which is special where no file gives any role.</param>
    /// <exception cref="TokenizerFormatException">A file is malformed.</exception>
    public static IReadOnlyList<AddedToken> Read(string directory, Vocabulary vocabulary, string? usualStartToken)
    {
        using JsonFile? configuration = JsonFile.OpenIfThere(Path.Combine(directory, TokenizerConfiguration.Name));
        using JsonFile? map = JsonFile.OpenIfThere(Path.Combine(directory, MapName));
        using JsonFile? added = JsonFile.OpenIfThere(Path.Combine(directory, AddedName));
        AddedTokenFiles files = new(vocabulary);
        if (configuration?.Root.Find(Decoder) is { } decoder)
        {
            files.ReadDecoder(decoder);
            files.ReadRoles(usualStartToken, configuration.Root);
        }
        else
        {
            files.ReadAdded(added?.Root);
            files.ReadRoles(usualStartToken, map?.Root, configuration?.Root);
        }

        return [.. files.tokens.Values];
    }

    /// <summary><c>{"50256": {"content": "&lt;|endoftext|&gt;", "lstrip": false, …}}</c></summary>
    private void ReadDecoder(JsonPlace decoder)
    {
        foreach (JsonProperty property in decoder.Properties())
        {
            JsonPlace token = decoder.Property(property);
            if (!int.TryParse(property.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int id))
                throw token.Error("stands where the name must be an id.");
            Add(token, token.Get("content").Text(), id);
        }
    }

    /// <summary><c>{"&lt;|pad|&gt;": 50257}</c></summary>
    private void ReadAdded(JsonPlace? added)
    {
        if (added is not { } place)
            return;
        foreach (JsonProperty property in place.Properties())
            Add(place.Property(property), property.Name, place.Property(property).Count());
    }

    /// <summary><c>{"bos_token": "&lt;s&gt;", "eos_token": {"content": "&lt;/s&gt;", …}, "additional_special_tokens": […]}</c>; the first file that gives a role counts.</summary>
    private void ReadRoles(string? usualStartToken, params ReadOnlySpan<JsonPlace?> files)
    {
        HashSet<string> given = new(StringComparer.Ordinal);
        foreach (JsonPlace? file in files)
        {
            if (file is not { } place)
                continue;
            foreach (string role in roles.Where(role => place.Has(role) && given.Add(role)))
            {
                if (place.Find(role) is { } token)
                    AddNamed(token);
            }

            foreach (string list in lists.Where(list => place.Has(list) && given.Add(list)))
                AddList(place.Find(list));
        }

        if (!given.IsSupersetOf(defaultRoles))
            AddUsual(EndOfText);
        if (given.Count == 0 && usualStartToken is not null)
            AddUsual(usualStartToken);
    }

    private void AddUsual(string content)
    {
        if (vocabulary.Find(content) is { } id)
            tokens.TryAdd(content, new AddedToken(content, id) { IsSpecial = true });
    }

    private void AddList(JsonPlace? list)
    {
        if (list is not { } place)
            return;
        if (place.IsArray)
        {
            foreach (JsonPlace token in place.Items())
                AddNamed(token);
            return;
        }

        foreach (JsonProperty token in place.Properties())
            AddNamed(place.Property(token));
    }

    /// <summary>Adds a token that the vocabulary has; others the model would not know, and they stay plain text.</summary>
    private void AddNamed(JsonPlace token)
    {
        string content = token.IsObject ? token.Get("content").Text() : token.Text();
        if (!tokens.ContainsKey(content) && vocabulary.Find(content) is { } id)
            Add(token, content, id);
    }

    private void Add(JsonPlace place, string content, int id)
    {
        if (content.Length == 0)
            throw place.Error($"the token of id {id} is empty.");
        if (id >= Vocabulary.MostIds)
            throw place.Error($"token \"{content}\" has id {id}, which no vocabulary reaches.");
        tokens[content] = new AddedToken(content, id)
        {
            IsSpecial = place.Flag("special", otherwise: true),
            StripsLeft = place.Flag("lstrip", otherwise: false),
            StripsRight = place.Flag("rstrip", otherwise: false),
            IsSingleWord = place.Flag("single_word", otherwise: false),
        };
    }
}

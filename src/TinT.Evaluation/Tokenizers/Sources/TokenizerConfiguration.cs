using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.PostProcessors;
using TinT.Model.Architectures;

namespace TinT.Evaluation.Tokenizers.Sources;

/// <summary>
/// What lies beside a tokenizer and says which tokens it puts around texts: <c>tokenizer_config.json</c>, where that has no token
/// <c>special_tokens_map.json</c>, and last <c>config.json</c>.
/// </summary>
internal sealed record TokenizerConfiguration
{
    /// <summary>Name of the main file.</summary>
    public const string Name = "tokenizer_config.json";

    private const string MapName = "special_tokens_map.json";
    private const string ModelName = "config.json";

    private string File { get; init; } = Name;

    /// <summary>Whether texts start with <see cref="StartToken"/>; <see langword="null"/> if that is not said.</summary>
    public bool? AddsStart { get; init; }

    /// <summary>Whether texts end with <see cref="EndToken"/>; <see langword="null"/> if that is not said.</summary>
    public bool? AddsEnd { get; init; }

    /// <summary>The token for starts of texts, as it is spelled.</summary>
    public string? StartToken { get; init; }

    /// <summary>The token for ends of texts, as it is spelled.</summary>
    public string? EndToken { get; init; }

    /// <summary>Whether a space is put before texts that start with none.</summary>
    public bool PutsSpaceBefore { get; init; }

    /// <summary>Token that tokenizers of such models put before texts where nothing is said.</summary>
    public string? UsualStartToken { get; init; }

    /// <summary>Reads what a directory has of the files.</summary>
    /// <param name="directory">The directory.</param>
    /// <exception cref="TokenizerFormatException">One of the files is malformed.</exception>
    public static TokenizerConfiguration Read(string directory)
    {
        using JsonFile? file = JsonFile.OpenIfThere(Path.Combine(directory, Name));
        using JsonFile? map = JsonFile.OpenIfThere(Path.Combine(directory, MapName));
        using JsonFile? model = JsonFile.OpenIfThere(Path.Combine(directory, ModelName));
        JsonPlace?[] places = [file?.Root, map?.Root];
        string? modelType = model?.Root.Find("model_type")?.Text();
        return new TokenizerConfiguration
        {
            File = Path.Combine(directory, Name),
            AddsStart = file?.Root.Find("add_bos_token")?.Flag(),
            AddsEnd = file?.Root.Find("add_eos_token")?.Flag(),
            StartToken = TokenOf(places, "bos_token"),
            EndToken = TokenOf(places, "eos_token"),
            PutsSpaceBefore = file?.Root.Flag("add_prefix_space", otherwise: false) ?? false,
            UsualStartToken = KnownArchitectures.All.FirstOrDefault(architecture => architecture.Name == modelType)?.LineStartToken,
        };
    }

    /// <summary>The tokens around texts: those of the tokenizer's own template, but for what the configuration says.</summary>
    /// <param name="template">The tokenizer's own; <see langword="null"/> if its files have none.</param>
    /// <param name="find">Finds the id of a token.</param>
    /// <param name="usualStartToken">Token before texts where neither says anything.</param>
    /// <exception cref="TokenizerFormatException">A token that is asked for is not named or is not in the vocabulary.</exception>
    public TokenTemplate Apply(TokenTemplate? template, Func<string, int?> find, string? usualStartToken)
    {
        if (template is null && AddsStart is null && (UsualStartToken ?? usualStartToken) is { } usual)
            template = new TokenTemplate([IdOf("the token that is to start texts", usual, find)], []);
        template ??= TokenTemplate.Text;
        int? start = AddsStart == true ? IdOf("bos_token", StartToken, find) : StartToken is null ? null : find(StartToken);
        int? end = AddsEnd == true ? IdOf("eos_token", EndToken, find) : EndToken is null ? null : find(EndToken);
        return new TokenTemplate(
            With(template.Before, start, AddsStart, (id, others) => [id, .. others]),
            With(template.Behind, end, AddsEnd, (id, others) => [.. others, id]));
    }

    private static IReadOnlyList<int> With(IReadOnlyList<int> ids, int? token, bool? isWanted, Func<int, IEnumerable<int>, IReadOnlyList<int>> add)
    {
        if (token is not { } id || isWanted is not { } wanted)
            return ids;
        IEnumerable<int> others = ids.Where(other => other != id);
        return wanted ? add(id, others) : [.. others];
    }

    private int IdOf(string role, string? token, Func<string, int?> find)
    {
        if (token is null)
            throw new TokenizerFormatException(File, null, $"asks for {role} with each text, but names none; add \"{role}\".");
        return find(token) ?? throw new TokenizerFormatException(
            File, null, $"{role} is \"{token}\", which the vocabulary does not have; name one of its tokens.");
    }

    /// <summary>A token that is written as a text or as an object, by the first file that has it.</summary>
    private static string? TokenOf(IEnumerable<JsonPlace?> places, string role)
    {
        foreach (JsonPlace? place in places)
        {
            if (place?.Has(role) != true)
                continue;
            return place.Value.Find(role) is { } token ? token.IsObject ? token.Get("content").Text() : token.Text() : null;
        }

        return null;
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TinT.Compiler.Specs.Format;

namespace TinT.Cli.Schemas;

/// <summary>The JSON schema of a YAML format, made of its rows, for editors that complete and check by it.</summary>
internal static class FormatSchema
{
    private static readonly JsonSerializerOptions indented =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema, with a line feed at its end.</summary>
    /// <param name="root">The format.</param>
    /// <param name="title">What files of it are.</param>
    public static string Text(SectionKey root, string title)
    {
        JsonObject schema = Section(root);
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema.Insert(1, "title", title);
        return schema.ToJsonString(indented) + "\n";
    }

    private static JsonObject Section(SectionKey section)
    {
        JsonObject properties = [];
        foreach (KeyFormat key in section.Keys)
            properties[key.Name] = Key(key);
        JsonObject schema = new()
        {
            ["description"] = section.Description,
            // A key with nothing behind it is a section without keys.
            ["type"] = section.Required || section.RequiredKeys.Count > 0 ? "object" : new JsonArray("object", "null"),
            ["additionalProperties"] = false,
        };
        if (section.RequiredKeys.Count > 0)
            schema["required"] = Words(section.RequiredKeys);
        schema["properties"] = properties;
        if (section.OneOf.Count > 0)
            schema["oneOf"] = new JsonArray([.. section.OneOf.Select(key => new JsonObject { ["required"] = Words([key.Name]) })]);
        return schema;
    }

    private static JsonObject Key(KeyFormat key)
    {
        if (key is SectionKey section)
            return Section(section);
        JsonObject schema = new() { ["description"] = key.Description };
        foreach ((string name, JsonNode value) in Constraints(key))
            schema[name] = value;
        if (Default(key) is { } absent)
            schema["default"] = absent;
        return schema;
    }

    private static IReadOnlyList<(string Name, JsonNode Value)> Constraints(KeyFormat key) => key switch
    {
        SeveralKey several =>
        [
            ("anyOf", new JsonArray(
                Value(several.Each), new JsonObject { ["type"] = "array", ["items"] = Value(several.Each), ["minItems"] = 1 })),
        ],
        ChoiceKey choice => [("enum", Words(choice.Words))],
        IntegerKey { IsVersion: true, Default: { } version } => [("const", version)],
        IntegerKey integer => [("type", "integer"), ("minimum", integer.Minimum), ("maximum", integer.Maximum)],
        NumberKey number => [("type", "number"), ("minimum", number.Minimum), ("maximum", number.Maximum)],
        ListKey<bool> list => [("type", "array"), ("items", Value(list.Item))],
        BooleanKey => [("type", "boolean")],
        TextKey text =>
        [
            ("type", "string"),
            .. text.Pattern is { } pattern ? [("pattern", pattern)] : ((string, JsonNode)[])[],
            .. text.MaximumLength is { } length ? [("maxLength", length)] : ((string, JsonNode)[])[],
        ],
        _ => throw new NotSupportedException($"The schema has no form for {key.GetType().Name}."),
    };

    private static JsonNode? Default(KeyFormat key) => key switch
    {
        ChoiceKey choice when choice.FirstIsDefault => choice.Words[0],
        IntegerKey integer => integer.Default,
        NumberKey number => number.Default,
        BooleanKey boolean => boolean.Default,
        _ => null,
    };

    /// <summary>What a single value takes, which the key that it belongs to explains.</summary>
    private static JsonObject Value(KeyFormat key) =>
        [.. Constraints(key).Select(constraint => KeyValuePair.Create(constraint.Name, (JsonNode?)constraint.Value))];

    private static JsonArray Words(IEnumerable<string> words) => [.. words.Select(word => JsonValue.Create(word))];
}

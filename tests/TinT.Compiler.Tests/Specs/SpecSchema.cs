using System.Text.Json;
using System.Text.Json.Nodes;
using TinT.Compiler.Specs.Format;
using TinT.Compiler.Specs.Reading;

namespace TinT.Compiler.Tests.Specs;

/// <summary>The JSON schema of specs, from the format's rows.</summary>
internal static class SpecSchema
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as a text, with a line feed at its end.</summary>
    public static string Text()
    {
        JsonObject schema = new() { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = "TinT spec" };
        foreach ((string name, JsonNode? value) in Section(SpecFormat.Root).ToArray())
            schema[name] = value?.DeepClone();
        return schema.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Section(SectionKey section)
    {
        JsonObject properties = [];
        foreach (KeyFormat key in section.Keys)
            properties[key.Name] = Key(key);
        JsonObject schema = new()
        {
            ["description"] = section.Description,
            ["type"] = section.Required ? "object" : new JsonArray("object", "null"),
            ["additionalProperties"] = false,
        };
        if (section.RequiredKeys.Count > 0)
            schema["required"] = Words(section.RequiredKeys);
        schema["properties"] = properties;
        return schema;
    }

    private static JsonObject Key(KeyFormat key) => key switch
    {
        SectionKey section => Section(section),
        ChoiceKey choice => Described(key, choice.FirstIsDefault ? choice.Words[0] : null, ("enum", Words(choice.Words))),
        IntegerKey integer when key == SpecFormat.FormatVersion => Described(key, integer.Default, ("const", SpecFormat.Version)),
        IntegerKey integer => Described(key, integer.Default, ("type", "integer"), ("minimum", integer.Minimum), ("maximum", integer.Maximum)),
        NumberKey number => Described(key, number.Default, ("type", "number"), ("minimum", number.Minimum), ("maximum", number.Maximum)),
        ListKey<bool> list => Described(key, null, ("type", "array"), ("items", new JsonObject { ["enum"] = Words(list.Item.Words) })),
        BooleanKey boolean => Described(key, boolean.Default, ("type", "boolean")),
        TextKey => Text(key),
        _ => throw new NotSupportedException($"The schema has no form for {key.GetType().Name}."),
    };

    private static JsonObject Text(KeyFormat key)
    {
        const string identifier = @"[\p{L}_][\p{L}\p{Nd}_]*";
        bool dotted = key == SpecFormat.Namespace;
        return Described(
            key,
            null,
            ("type", "string"),
            ("pattern", dotted ? $@"^{identifier}(\.{identifier})*$" : $"^{identifier}$"),
            ("maxLength", dotted ? ModelName.MaximumNamespaceLength : ModelName.MaximumLength));
    }

    private static JsonObject Described(KeyFormat key, JsonNode? defaultValue, params (string Name, JsonNode Value)[] constraints)
    {
        JsonObject schema = new() { ["description"] = key.Description };
        foreach ((string name, JsonNode value) in constraints)
            schema[name] = value;
        if (defaultValue is not null)
            schema["default"] = defaultValue;
        return schema;
    }

    private static JsonArray Words(IEnumerable<string> words) => [.. words.Select(word => JsonValue.Create(word))];
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TinT.Cli.Tests.Schemas;

/// <summary>
/// What of a value its JSON schema does not allow: by those words of JSON Schema that schemas of these tests have; any other word is refused. Keys that a
/// schema does not name are mistakes where it leaves them open too: whoever reads the value knows nothing of them.
/// </summary>
internal static class SchemaMistakes
{
    /// <summary>The mistakes, each with its place.</summary>
    public static IReadOnlyList<string> In(JsonNode? value, JsonNode schema) => [.. new Check(schema).Mistakes(schema, value, "$")];

    private sealed class Check(JsonNode whole)
    {
        public IEnumerable<string> Mistakes(JsonNode schema, JsonNode? value, string place)
        {
            if (schema["$ref"] is { } reference)
                schema = whole["definitions"]![((string)reference!).Split('/')[^1]]!;
            return schema.AsObject().SelectMany(word => Mistakes(schema, word.Key, word.Value!, value, place));
        }

        private IEnumerable<string> Mistakes(JsonNode schema, string word, JsonNode rule, JsonNode? value, string place)
        {
            switch (word)
            {
                case "type" when !(rule is JsonArray types ? types.Select(type => (string)type!) : [(string)rule!]).Any(type => IsOf(type, value)):
                    return [$"{place} is {value?.ToJsonString() ?? "null"}, not {rule}"];
                case "const" when !JsonNode.DeepEquals(rule, value):
                case "enum" when !rule.AsArray().Any(choice => JsonNode.DeepEquals(choice, value)):
                case "minimum" when Number(value) < (double)rule:
                case "maximum" when Number(value) > (double)rule:
                case "pattern" when Text(value) is { } text && !Regex.IsMatch(text, (string)rule!):
                case "maxLength" when Text(value)?.Length > (int)rule:
                case "minItems" when value is JsonArray items && items.Count < (int)rule:
                case "anyOf" when !rule.AsArray().Any(one => !Mistakes(one!, value, place).Any()):
                case "oneOf" when rule.AsArray().Count(one => !Mistakes(one!, value, place).Any()) != 1:
                    return [$"{place} is {value?.ToJsonString()}, against {word}"];
                case "required" when value is JsonObject entries:
                    return rule.AsArray().Select(name => (string)name!).Where(name => !entries.ContainsKey(name)).Select(name => $"{place} lacks {name}");
                case "properties" when value is JsonObject entries:
                    return entries.SelectMany(entry => rule[entry.Key] is { } inner ? Mistakes(inner, entry.Value, $"{place}.{entry.Key}")
                        : schema["additionalProperties"] is null ? [$"{place} has {entry.Key}"] : []);
                case "additionalProperties" when value is JsonObject entries:
                    return entries.Where(entry => schema["properties"]?[entry.Key] is null)
                        .SelectMany(entry => rule is JsonObject inner ? Mistakes(inner, entry.Value, $"{place}.{entry.Key}") : [$"{place} has {entry.Key}"]);
                case "items" when value is JsonArray items:
                    return items.SelectMany((item, index) => Mistakes(rule, item, $"{place}[{index}]"));
                case "type" or "const" or "enum" or "minimum" or "maximum" or "pattern" or "maxLength" or "minItems" or "anyOf" or "oneOf" or "required"
                    or "properties" or "additionalProperties" or "items" or "$schema" or "title" or "description" or "default" or "definitions":
                    return [];
                default:
                    throw new InvalidDataException($"The schema has the word {word}.");
            }
        }

        private static bool IsOf(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
        {
            ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number)
                or ("boolean", JsonValueKind.True or JsonValueKind.False) or ("null", JsonValueKind.Null) => true,
            ("integer", JsonValueKind.Number) => double.IsInteger((double)value!),
            _ => false,
        };

        private static double? Number(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number ? (double)value : null;

        private static string? Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? (string?)value : null;
    }
}

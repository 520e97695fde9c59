using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TinT.Cli.Tests.Schemas;

/// <summary>Reads YAML as JSON: plain numbers and truth values are such, all else is text.</summary>
internal static class YamlAsJson
{
    public static JsonNode Read(string text)
    {
        Parser parser = new(new StringReader(text));
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        return Node(parser)!;
    }

    private static JsonNode? Node(Parser parser)
    {
        if (parser.Accept<Scalar>(out _))
        {
            Scalar scalar = parser.Consume<Scalar>();
            return scalar.Style != ScalarStyle.Plain ? JsonValue.Create(scalar.Value)
                : double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                    ? JsonNode.Parse(number.ToString("R", CultureInfo.InvariantCulture))
                : bool.TryParse(scalar.Value, out bool truth) ? JsonValue.Create(truth) : JsonValue.Create(scalar.Value);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            JsonArray items = [];
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Node(parser));
            return items;
        }

        parser.Consume<MappingStart>();
        JsonObject entries = [];
        while (!parser.TryConsume<MappingEnd>(out _))
            entries.Add(parser.Consume<Scalar>().Value, Node(parser));
        return entries;
    }
}

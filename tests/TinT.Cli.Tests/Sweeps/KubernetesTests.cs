using System.Text.Json;
using System.Text.Json.Nodes;
using TinT.Tests.Common;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TinT.Cli.Tests.Sweeps;

/// <summary>The manifest of an Indexed Job against the published schema of <c>batch/v1</c>.</summary>
public sealed class KubernetesTests : IDisposable
{
    private readonly SweepCase sweeps = new();

    private static JsonNode Schema { get; } = JsonNode.Parse(File.ReadAllText(RepositoryFiles.InRepository(
        "tests", "TinT.Cli.Tests", "Sweeps", "Data", "batch-v1-job.schema.json")))!;

    public void Dispose() => sweeps.Dispose();

    [Fact]
    public void The_manifest_is_an_indexed_job_by_the_published_schema()
    {
        string sweep = sweeps.Write("  blocks: 4", run: "batch: 2, threads: 3", name: "My_Sweep");
        string output = sweeps.PathOf("it's here");
        CommandResult result = Tint.Run(
            "sweep", "submit", sweep, "--output", output, "--kubernetes", "--image", "registry.example/tint:1", "--claim", "shared", "--tasks", "5", "--mount", sweeps.Folder);
        Assert.Contains("5 indices, each 3 cores", result.AssertDone().Output, StringComparison.Ordinal);

        JsonNode manifest = Yaml.Read(File.ReadAllText(Path.Combine(output, "jobs", "job.yaml")));
        Assert.Equal([], Mistakes(Schema, manifest, "$"));
        JsonNode spec = manifest["spec"]!;
        Assert.Equal("Indexed", (string?)spec["completionMode"]);
        Assert.Equal((5, 5), ((int)spec["completions"]!, (int)spec["parallelism"]!));
        Assert.Equal("tint-my-sweep", (string?)manifest["metadata"]!["name"]);
        JsonNode container = spec["template"]!["spec"]!["containers"]![0]!;
        Assert.Equal(
            $"exec tint sweep run {sweep} --output '{output.Replace("'", "'\\''", StringComparison.Ordinal)}' --shard $((JOB_COMPLETION_INDEX + 1))/5 --threads 3",
            (string?)container["command"]![2]);
        Assert.Equal(sweeps.Folder, (string?)container["volumeMounts"]![0]!["mountPath"]);
        Assert.Equal("shared", (string?)spec["template"]!["spec"]!["volumes"]![0]!["persistentVolumeClaim"]!["claimName"]);

        // The schema finds what is wrong.
        spec["completions"] = "five";
        spec["complationMode"] = "Indexed";
        ((JsonObject)container).Remove("name");
        Assert.Equal(3, Mistakes(Schema, manifest, "$").Count());
    }

    [Fact]
    public void An_image_is_needed() => Tint.Run("sweep", "submit", sweeps.Write("  blocks: 4"), "--kubernetes").AssertFailed(
        2, "error: --kubernetes needs --image, an image with the tool in it.");

    /// <summary>What of a value its schema does not allow: the parts of JSON Schema that OpenAPI's schema of this kind has.</summary>
    private static IEnumerable<string> Mistakes(JsonNode schema, JsonNode? value, string place)
    {
        if (schema["$ref"] is { } reference)
            schema = Schema["definitions"]![((string)reference!).Split('/')[^1]]!;
        JsonValueKind kind = value?.GetValueKind() ?? JsonValueKind.Null;
        bool fits = (string?)schema["type"] switch
        {
            "object" => kind == JsonValueKind.Object,
            "array" => kind == JsonValueKind.Array,
            "string" => kind == JsonValueKind.String,
            "integer" => kind == JsonValueKind.Number,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            var other => throw new InvalidDataException($"The schema has the type {other}."),
        };
        if (!fits)
            return [$"{place} is {kind}"];
        if (schema["enum"] is JsonArray words && !words.Any(word => (string?)word == (string?)value))
            return [$"{place} is {value}"];
        return value switch
        {
            JsonObject entries => (schema["required"]?.AsArray() ?? []).Select(name => (string)name!).Where(name => !entries.ContainsKey(name)).Select(name => $"{place} lacks {name}")
                .Concat(entries.SelectMany(entry =>
                    (schema["properties"]?[entry.Key] ?? schema["additionalProperties"]) is JsonObject inner ? Mistakes(inner, entry.Value, $"{place}.{entry.Key}") : [$"{place} has {entry.Key}"])),
            JsonArray items => items.SelectMany((item, index) => Mistakes(schema["items"]!, item, $"{place}[{index}]")),
            _ => [],
        };
    }

    /// <summary>Reads YAML as JSON: plain numbers and truth values are such, all else is text.</summary>
    private static class Yaml
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
                    : int.TryParse(scalar.Value, out int number) ? JsonValue.Create(number)
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
}

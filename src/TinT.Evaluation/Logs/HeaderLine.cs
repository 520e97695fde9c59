using System.Text.Json.Serialization;

namespace TinT.Evaluation.Logs;

/// <summary>The first line of a log: what determines its numbers, by name.</summary>
internal sealed record HeaderLine(string Schema, IReadOnlyDictionary<string, string> Inputs);

[JsonSerializable(typeof(HeaderLine))]
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class HeaderContract : JsonSerializerContext;

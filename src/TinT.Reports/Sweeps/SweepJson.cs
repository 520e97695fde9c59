using System.Text.Json;
using System.Text.Json.Serialization;
using TinT.Reports.InContext;
using TinT.Reports.Json;
using TinT.Reports.Perplexity;

namespace TinT.Reports.Sweeps;

/// <summary>A sweep as JSON: this record is the format.</summary>
/// <remarks>Fields may be added, never renamed. The same sweep gives the same bytes, by however many processes it was run.</remarks>
/// <param name="Schema"><c>tint.sweep/1</c>.</param>
/// <param name="Name">The sweep's name.</param>
/// <param name="Complete">Whether all is finished.</param>
/// <param name="Evaluations">The evaluations.</param>
public sealed record SweepJson(string Schema, string Name, bool Complete, IReadOnlyList<SweepJson.Evaluation> Evaluations)
{
    /// <summary>Writes UTF-8 JSON with a newline at the end.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="report">The report.</param>
    public static void Write(Stream stream, SweepReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        ReportJson.Write(
            stream, new SweepJson("tint.sweep/1", report.Name, !report.IsPartial, [.. report.Evaluations.Select(Evaluation.Of)]), SweepContract.Default);
    }

    /// <summary>One of <c>evaluations</c>.</summary>
    /// <param name="Label">What sets it apart.</param>
    /// <param name="Complete">Whether all of it is finished.</param>
    /// <param name="Inputs">What determines its numbers.</param>
    /// <param name="Perplexity">What <c>tint eval perplexity --json</c> writes, or null.</param>
    /// <param name="InContext">What <c>tint eval icl --json</c> writes, or null.</param>
    public sealed record Evaluation(string Label, bool Complete, IReadOnlyDictionary<string, string> Inputs, JsonElement? Perplexity, JsonElement? InContext)
    {
        internal static Evaluation Of(SweptEvaluation evaluation) => new(
            evaluation.Label,
            evaluation.IsComplete,
            evaluation.Inputs,
            evaluation.Perplexity is { } perplexity ? Element(stream => PerplexityJson.Write(stream, perplexity)) : null,
            evaluation.InContext is { } tasks ? Element(stream => InContextJson.Write(stream, tasks)) : null);

        private static JsonElement Element(Action<Stream> write)
        {
            using MemoryStream stream = new();
            write(stream);
            return JsonElement.Parse(stream.ToArray());
        }
    }
}

[JsonSerializable(typeof(SweepJson)), JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class SweepContract : JsonSerializerContext;

using System.Text.Json;
using TinT.Evaluation.Reports;
using TinT.Runtime.Cpu;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>What <c>tint run</c> computed, in short, as JSON for programs.</summary>
/// <remarks>
/// Schema <c>tint.run/1</c>; fields may be added, never renamed: <c>model</c>, <c>computed_by</c> (<c>compiled</c>, <c>double</c>, <c>literal</c>),
/// <c>weight_storage</c>, <c>sequences</c>, <c>tokens</c>, <c>steps</c>, <c>trained_layers</c>, <c>learning_rate</c>, <c>losses</c> (<c>before</c> and <c>after</c> in nats per token, of each
/// sequence; null if not finite), <c>finite</c>: whether every value is, and <c>non_finite</c>: for each sequence with other values the first one, in the order of the
/// computation, with <c>sequence</c>, <c>pass</c> (<c>before</c>, <c>update</c>, <c>after</c>), <c>what</c> (<c>logits</c>, <c>loss</c>, <c>weight update NAME</c>), <c>token</c> or null, <c>index</c>
/// (entry of the vocabulary, or row-major in the tensor) and <c>value</c> (<c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c>).
/// </remarks>
internal static class RunJson
{
    private const string Schema = "tint.run/1";

    /// <summary>Writes UTF-8 JSON with a newline at the end.</summary>
    public static void Write(Stream stream, RunRequest request, SimulatorDescription description, SimulationBatch batch, RunOutcome outcome) =>
        ReportJson.Write(stream, Schema, writer =>
        {
            writer.WriteString("model", description.Model);
            writer.WriteString("computed_by", request switch { { Literal: true } => "literal", { DoublePrecision: true } => "double", _ => "compiled" });
            writer.WriteString("weight_storage", request.Weights.ShortName());
            writer.WriteNumber("sequences", batch.BatchSize);
            writer.WriteNumber("tokens", batch.TokenCount);
            writer.WriteNumber("steps", request.Steps ?? description.Training.Steps);
            writer.WriteNumber("trained_layers", request.Layers ?? description.Training.Layers);
            writer.WriteNumber("learning_rate", request.LearningRate ?? description.Training.LearningRate);
            writer.WriteStartArray("losses");
            foreach ((double before, double after) in outcome.LossesBefore.Zip(outcome.LossesAfter))
            {
                writer.WriteStartObject();
                writer.WriteNumberOrNull("before", before);
                writer.WriteNumberOrNull("after", after);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteBoolean("finite", outcome.NonFinite.Count == 0);
            writer.WriteNonFinite("non_finite", outcome.NonFinite);
        });
}

using System.Text.Json;
using TinT.Agreement.Comparison;
using TinT.Evaluation.Reports;
using TinT.Runtime.Cpu;
using TinT.Runtime.Simulation;

namespace TinT.Agreement.Reports;

/// <summary>A report as JSON for programs.</summary>
/// <remarks>
/// <para>Schema <c>tint.verify/1</c>:</para>
/// <list type="bullet">
/// <item><description><c>model</c>, <c>architecture</c>, <c>hidden_size</c>, <c>num_hidden_layers</c>, <c>trained_layers</c>, <c>steps</c>,
/// <c>learning_rate</c>, <c>sequences</c>, <c>tokens</c>, <c>training_tokens</c> (of all sequences): what was compared</description></item>
/// <item><description><c>holds</c>: whether every tolerance holds</description></item>
/// <item><description><c>non_finite</c>: for everything that was run (<c>engine</c>) and each sequence the first value that is not finite: <c>sequence</c>, <c>pass</c>, <c>what</c>, <c>token</c>,
/// <c>index</c>, <c>value</c>, as in <c>tint.run/1</c></description></item>
/// <item><description><c>comparisons</c>: <c>ours</c>, <c>theirs</c> and, each with <c>error</c>, <c>tolerance</c>, <c>holds</c>:
/// <c>logits_before</c>, <c>logit_update</c>, <c>weight_update</c> (with the tensor in <c>where</c>)</description></item>
/// <item><description><c>soft_gates</c>: distance of the logit update with tanh gates, or null</description></item>
/// <item><description><c>storage</c>, if weights in 16 bits were asked for: <c>type</c> (<c>bf16</c>, <c>f16</c>), <c>logits</c> (distance of those before),
/// <c>largest_logit</c> (difference relative to their rms), <c>logit_update</c> and <c>weight_update</c> (<c>cosine</c>, <c>relative_norm</c>, <c>distance</c>) against float32,
/// <c>loss_before</c>, <c>loss_before_float32</c>, <c>loss_after</c>, <c>loss_after_float32</c></description></item>
/// <item><description><c>approximations</c>: <c>id</c>, <c>weights</c>, <c>logits</c> and <c>parameters</c> (<c>kind</c>, <c>layer</c> or null), each with
/// <c>cosine</c>, <c>relative_norm</c>, <c>distance</c> of TinT's change to that of exact SGD on the parameters TinT updates</description></item>
/// <item><description><c>whole_blocks</c>: the same of the logits, against exact SGD on whole layers</description></item>
/// <item><description><c>exactness</c>: <c>error</c>, <c>tolerance</c>, <c>holds</c> with all approximations exact, or null and
/// <c>why_not_exact</c></description></item>
/// </list>
/// <para>Numbers that are not finite are null.</para>
/// </remarks>
public static class AgreementJson
{
    private const string Schema = "tint.verify/1";

    /// <summary>Writes UTF-8 JSON with a newline at the end.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="report">The report.</param>
    public static void Write(Stream stream, AgreementReport report) => ReportJson.Write(stream, Schema, writer => Write(writer, report));

    private static void Write(Utf8JsonWriter writer, AgreementReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        writer.WriteString("model", report.Description.Model);
        writer.WriteString("architecture", report.Description.Auxiliary.Architecture);
        writer.WriteNumber("hidden_size", report.Description.Auxiliary.HiddenSize);
        writer.WriteNumber("num_hidden_layers", report.Description.Auxiliary.LayerCount);
        writer.WriteNumber("trained_layers", report.Description.Training.Layers);
        writer.WriteNumber("steps", report.Description.Training.Steps);
        writer.WriteNumber("learning_rate", report.LearningRate);
        writer.WriteNumber("sequences", report.Batch.BatchSize);
        writer.WriteNumber("tokens", report.Batch.TokenCount);
        writer.WriteNumber("training_tokens", report.Batch.TrainingMask.Count(mask => mask != 0));
        writer.WriteBoolean("holds", report.Holds);
        writer.WriteStartArray("non_finite");
        foreach ((string engine, NonFiniteValue value) in report.NonFinite)
        {
            writer.WriteStartObject();
            writer.WriteString("engine", engine);
            NonFiniteJson.WriteFields(writer, value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("comparisons");
        foreach (EngineComparison comparison in report.Comparisons)
        {
            writer.WriteStartObject();
            writer.WriteString("ours", comparison.Ours);
            writer.WriteString("theirs", comparison.Theirs);
            WriteMeasure(writer, "logits_before", comparison.LogitsBefore);
            WriteMeasure(writer, "logit_update", comparison.LogitUpdate);
            WriteMeasure(writer, "weight_update", comparison.WeightUpdate);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumberOrNull("soft_gates", report.SoftGates);
        if (report.Storage is { } storage)
            WriteStorage(writer, storage);
        writer.WriteStartArray("approximations");
        foreach (ApproximationCost cost in report.Costs)
            WriteCost(writer, cost);
        writer.WriteEndArray();
        WriteCloseness(writer, "whole_blocks", report.WholeBlocks);
        if (report.Exactness is { } exactness)
        {
            WriteMeasure(writer, "exactness", exactness);
        }
        else
        {
            writer.WriteNull("exactness");
            writer.WriteString("why_not_exact", report.WhyNotExact);
        }
    }

    private static void WriteStorage(Utf8JsonWriter writer, StorageEffect effect)
    {
        writer.WriteStartObject("storage");
        writer.WriteString("type", effect.Storage.ShortName());
        writer.WriteNumberOrNull("logits", effect.Logits);
        writer.WriteNumberOrNull("largest_logit", effect.LargestLogit);
        WriteCloseness(writer, "logit_update", effect.LogitUpdate);
        WriteCloseness(writer, "weight_update", effect.WeightUpdate);
        writer.WriteNumberOrNull("loss_before", effect.LossesBefore.Narrow);
        writer.WriteNumberOrNull("loss_before_float32", effect.LossesBefore.Single);
        writer.WriteNumberOrNull("loss_after", effect.LossesAfter.Narrow);
        writer.WriteNumberOrNull("loss_after_float32", effect.LossesAfter.Single);
        writer.WriteEndObject();
    }

    private static void WriteCost(Utf8JsonWriter writer, ApproximationCost cost)
    {
        writer.WriteStartObject();
        writer.WriteString("id", cost.Approximation.Id);
        WriteCloseness(writer, "weights", cost.Weights);
        WriteCloseness(writer, "logits", cost.Logits);
        writer.WriteStartArray("parameters");
        foreach (ParameterCloseness parameter in cost.Parameters)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Kind.ToString()));
            if (parameter.Layer < 0)
                writer.WriteNull("layer");
            else
                writer.WriteNumber("layer", parameter.Layer);
            WriteNumbers(writer, parameter.Closeness);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteMeasure(Utf8JsonWriter writer, string name, Measure measure)
    {
        writer.WriteStartObject(name);
        writer.WriteNumberOrNull("error", measure.Error);
        writer.WriteNumberOrNull("tolerance", measure.Tolerance);
        writer.WriteBoolean("holds", measure.Holds);
        if (measure.Where.Length > 0)
            writer.WriteString("where", measure.Where);
        writer.WriteEndObject();
    }

    private static void WriteCloseness(Utf8JsonWriter writer, string name, Closeness closeness)
    {
        writer.WriteStartObject(name);
        WriteNumbers(writer, closeness);
        writer.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, Closeness closeness)
    {
        writer.WriteNumberOrNull("cosine", closeness.Cosine);
        writer.WriteNumberOrNull("relative_norm", closeness.RelativeNorm);
        writer.WriteNumberOrNull("distance", closeness.Distance);
    }
}

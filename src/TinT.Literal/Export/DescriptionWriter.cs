using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Writing;
using TinT.Literal.Schedule;
using TinT.Literal.Simulator;
using TinT.Model;

namespace TinT.Literal.Export;

/// <summary>
/// Writes <c>simulator.json</c>: sizes and settings, what every operator does, the programs of the modules, and the whole run as a list of steps.
/// </summary>
internal static class DescriptionWriter
{
    /// <summary>Version of the format.</summary>
    public const int Version = 2;

    private const string SemanticsResource = "TinT.Literal.Export.semantics.json";

    /// <summary>How JSON files are written.</summary>
    public static JsonWriterOptions Format => new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the description.</summary>
    /// <param name="json">Receives it.</param>
    /// <param name="layout">The simulator.</param>
    /// <param name="options">How its parameters are written.</param>
    public static void Write(Utf8JsonWriter json, LiteralLayout layout, ExportOptions options)
    {
        TrainingSpec training = layout.Graph.Spec.Training;
        IReadOnlyList<RunStep> run = LiteralSchedule.Of(layout, training.Layers, training.Steps);
        json.WriteStartObject();
        json.WriteString("format", "tint-literal-simulator");
        json.WriteNumber("version", Version);
        json.WriteString("model", layout.Graph.Spec.Model.Value);
        WriteSizes(json, layout.Construction, layout.Construction.Auxiliary);
        WriteSettings(json, layout, options);
        WriteCounts(json, layout.CountParameters(), options);
        WriteSemantics(json);
        ProgramTable programs = new(run);
        programs.Write(json);
        RunWriter.Write(json, run, programs);
        json.WriteEndObject();
    }

    private static void WriteSizes(Utf8JsonWriter json, ConstructionSettings construction, AuxiliaryDescription auxiliary)
    {
        json.WriteStartObject("sizes");
        json.WriteNumber("hidden_size", construction.HiddenSize);
        json.WriteNumber("prefix_count", construction.PrefixCount);
        json.WriteNumber("sharding", construction.Sharding);
        json.WriteNumber("position_size", construction.PositionSize);
        json.WriteNumber("simulator_heads", construction.SimulatorHeads);
        json.WriteNumber("linear_heads", construction.LinearHeadCount);
        json.WriteNumber("auxiliary_hidden_size", construction.AuxiliarySize);
        json.WriteNumber("auxiliary_heads", auxiliary.HeadCount);
        json.WriteNumber("auxiliary_key_value_heads", auxiliary.KeyValueHeadCount);
        json.WriteNumber("auxiliary_head_size", auxiliary.HeadSize);
        json.WriteNumber("auxiliary_layers", auxiliary.LayerCount);
        json.WriteNumber("auxiliary_intermediate_size", auxiliary.IntermediateSize);
        json.WriteNumber("context", construction.SequenceLength);
        json.WriteNumber("vocabulary", auxiliary.VocabularySize);
        json.WriteNumber("embedding_size", auxiliary.EmbeddingSize);
        json.WriteNumber("position_offset", auxiliary.UnusedPositions);
        json.WriteEndObject();
    }

    private static void WriteSettings(Utf8JsonWriter json, LiteralLayout layout, ExportOptions options)
    {
        ModelSpec spec = layout.Graph.Spec;
        ConstructionSettings construction = layout.Construction;
        AuxiliaryDescription auxiliary = construction.Auxiliary;
        json.WriteStartObject("settings");
        json.WriteString("architecture", SpecText.Of(spec.Auxiliary.Architecture.Value));
        json.WriteString("activation", auxiliary.Activation);
        json.WriteString("norm", auxiliary.Norm);
        json.WriteNumber("norm_epsilon", auxiliary.NormEpsilon);
        json.WriteNumber("embedding_scale", auxiliary.EmbeddingScale);
        WriteRotary(json, auxiliary.Rotary);
        if (auxiliary.LogitCap is { } cap)
            json.WriteNumber("logit_cap", cap);
        json.WriteNumber("steps", spec.Training.Steps);
        json.WriteNumber("trained_layers", spec.Training.Layers);
        json.WriteNumber("learning_rate", construction.LearningRate);
        json.WriteString("loss", SpecText.Of(spec.Training.Loss.Value));
        json.WriteString("layer_norm", SpecText.Of(spec.Training.LayerNorm.Value));
        json.WriteString("attention", SpecText.Of(spec.Training.Attention.Value));
        json.WriteNumber("taylor_scale", construction.TaylorScale);
        json.WriteString("compatibility", SpecText.Of(spec.Training.Compatibility.Value));
        json.WriteBoolean("reuse_blocks", spec.Simulator.ReuseBlocks);
        json.WriteString("gates", options.Gates == GateFunction.Hard ? "hard" : "tanh");
        json.WriteNumber("gate_scale", construction.GateScale);
        json.WriteEndObject();
    }

    private static void WriteRotary(Utf8JsonWriter json, RotaryDescription? rotary)
    {
        if (rotary is null)
        {
            json.WriteNull("rotary");
            return;
        }

        json.WriteStartObject("rotary");
        json.WriteBoolean("interleaved", rotary.Interleaved);
        json.WriteStartArray("frequencies");
        foreach (double frequency in rotary.Frequencies())
            json.WriteNumberValue(frequency);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, ParameterCounts counts, ExportOptions options)
    {
        json.WriteStartObject("parameters");
        json.WriteString("type", options.Type.ToString());
        json.WriteNumber("forward_blocks", counts.ForwardBlocks);
        json.WriteNumber("backward_blocks", counts.BackwardBlocks);
        json.WriteNumber("prefixes", counts.Prefixes);
        json.WriteNumber("embeddings", counts.Embeddings);
        json.WriteNumber("total", counts.Total);
        json.WriteEndObject();
    }

    /// <summary>Copies the texts that are the same for every simulator.</summary>
    private static void WriteSemantics(Utf8JsonWriter json)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(SemanticsResource)
            ?? throw new InvalidOperationException($"The resource {SemanticsResource} is not in the assembly.");
        using JsonDocument semantics = JsonDocument.Parse(stream);
        foreach (JsonProperty text in semantics.RootElement.EnumerateObject())
            text.WriteTo(json);
    }
}

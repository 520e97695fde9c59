using System.Text.Json;
using TinT.Evaluation.Corpora;
using TinT.Evaluation.Perplexity;
using TinT.Runtime.Simulation;

namespace TinT.Evaluation.Reports;

/// <summary>Writes a perplexity report as JSON.</summary>
/// <remarks>
/// <para>Schema <c>tint.perplexity/1</c>; fields may be added, never renamed. The same evaluation gives the same bytes.</para>
/// <list type="table">
/// <item><term><c>schema</c></term><description><c>tint.perplexity/1</c></description></item>
/// <item><term><c>model</c></term><description>name of the spec's model</description></item>
/// <item><term><c>auxiliary</c>, <c>simulator</c>, <c>training</c></term><description>the spec's settings under the spec's names;
/// <c>training.steps</c> and <c>training.layers</c> as run</description></item>
/// <item><term><c>text</c></term><description><c>files</c> (never absolute paths), <c>tokenizer</c>, <c>lines</c>, <c>empty_lines</c> (dropped),
/// <c>tokens</c>, <c>dropped_tokens</c> (in no block), <c>blocks</c>, <c>block_size</c> in tokens, <c>group_lines</c> or null,
/// <c>stopped_early</c> (a block limit was reached)</description></item>
/// <item><term><c>fractions[]</c></term><description><c>train_fraction</c>, <c>training_tokens_per_block</c>, <c>scored_tokens_per_block</c>,
/// <c>scored_tokens</c>, <c>auxiliary</c> (a score), <c>methods[]</c> (scores)</description></item>
/// <item><term>a score</term><description><c>loss_nats_per_token</c>, <c>perplexity</c>, <c>diverged</c>, <c>non_finite_blocks</c>; of a method also
/// <c>method</c>, <c>learning_rate</c> (null if it has none), <c>improvement_percent</c>, <c>improvement_percent_95_low</c>,
/// <c>improvement_percent_95_high</c>, <c>best</c> (lowest perplexity of the method's learning rates at the fraction)</description></item>
/// </list>
/// <para>Numbers that are not finite, which JSON cannot write, and intervals of a single block are null.</para>
/// </remarks>
public static class PerplexityJson
{
    private const string Schema = "tint.perplexity/1";

    /// <summary>Writes UTF-8 JSON with a newline at the end.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="report">The report.</param>
    public static void Write(Stream stream, PerplexityReport report) => ReportJson.Write(stream, Schema, writer => Write(writer, report));

    private static void Write(Utf8JsonWriter writer, PerplexityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        writer.WriteString("model", report.Simulator.Model);
        WriteSpec(writer, report.Simulator, report.Result);
        WriteText(writer, report.Corpus);
        writer.WriteStartArray("fractions");
        foreach (FractionResult fraction in report.Result.Fractions)
            WriteFraction(writer, fraction);
        writer.WriteEndArray();
    }

    private static void WriteSpec(Utf8JsonWriter writer, SimulatorDescription simulator, PerplexityResult result)
    {
        AuxiliaryDescription auxiliary = simulator.Auxiliary;
        writer.WriteStartObject("auxiliary");
        writer.WriteString("architecture", auxiliary.Architecture);
        writer.WriteNumber("vocab_size", auxiliary.VocabularySize);
        writer.WriteNumber("max_position_embeddings", auxiliary.MaxPositionEmbeddings);
        writer.WriteNumber("hidden_size", auxiliary.HiddenSize);
        writer.WriteNumber("num_hidden_layers", auxiliary.LayerCount);
        writer.WriteNumber("num_attention_heads", auxiliary.HeadCount);
        writer.WriteNumber("intermediate_size", auxiliary.IntermediateSize);
        writer.WriteString("activation", auxiliary.Activation);
        writer.WriteNumber("norm_epsilon", auxiliary.NormEpsilon);
        writer.WriteEndObject();

        writer.WriteStartObject("simulator");
        writer.WriteNumber("sharding", simulator.Sharding);
        writer.WriteNumber("prefix_tokens", simulator.PrefixTokens);
        writer.WriteNumber("hidden_size", simulator.HiddenSize);
        writer.WriteNumber("num_attention_heads", simulator.HeadCount);
        writer.WriteEndObject();

        TrainingDescription training = simulator.Training;
        writer.WriteStartObject("training");
        writer.WriteNumber("steps", result.Steps);
        writer.WriteNumber("layers", result.TrainedLayers);
        writer.WriteString("loss", training.Loss);
        writer.WriteString("layer_norm", training.LayerNorm);
        writer.WriteString("attention", training.Attention);
        writer.WriteNumber("taylor_scale", training.TaylorScale);
        writer.WriteString("compatibility", training.Compatibility);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, BlockCorpus corpus)
    {
        writer.WriteStartObject("text");
        writer.WriteStartArray("files");
        foreach (string name in corpus.Names)
            writer.WriteStringValue(name);
        writer.WriteEndArray();
        writer.WriteString("tokenizer", corpus.TokenizerName);
        writer.WriteNumber("lines", corpus.LineCount);
        writer.WriteNumber("empty_lines", corpus.EmptyLineCount);
        writer.WriteNumber("tokens", corpus.TokenCount);
        writer.WriteNumber("dropped_tokens", corpus.DroppedTokenCount);
        writer.WriteNumber("blocks", corpus.BlockCount);
        writer.WriteNumber("block_size", corpus.BlockSize);
        writer.WriteNumberOrNull("group_lines", corpus.Options.GroupLines);
        writer.WriteBoolean("stopped_early", corpus.StoppedEarly);
        writer.WriteEndObject();
    }

    private static void WriteFraction(Utf8JsonWriter writer, FractionResult fraction)
    {
        writer.WriteStartObject();
        writer.WriteNumber("train_fraction", fraction.Split.TrainFraction);
        writer.WriteNumber("training_tokens_per_block", fraction.Split.TrainingTokens);
        writer.WriteNumber("scored_tokens_per_block", fraction.Split.ScoredTokens);
        writer.WriteNumber("scored_tokens", fraction.ScoredTokens);
        writer.WriteStartObject("auxiliary");
        AuxiliaryScore auxiliary = fraction.Auxiliary;
        WriteScore(writer, auxiliary.Loss, auxiliary.Perplexity, auxiliary.IsDiverged, auxiliary.NonFiniteBlocks);
        writer.WriteEndObject();
        writer.WriteStartArray("methods");
        foreach (MethodScore score in fraction.Methods)
        {
            writer.WriteStartObject();
            writer.WriteString("method", score.Method);
            writer.WriteNumberOrNull("learning_rate", score.LearningRate);
            WriteScore(writer, score.Loss, score.Perplexity, score.IsDiverged, score.NonFiniteBlocks);
            writer.WriteNumberOrNull("improvement_percent", score.Improvement?.Percent);
            writer.WriteNumberOrNull("improvement_percent_95_low", score.Improvement?.LowerBound);
            writer.WriteNumberOrNull("improvement_percent_95_high", score.Improvement?.UpperBound);
            writer.WriteBoolean("best", score.IsBest);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteScore(Utf8JsonWriter writer, double loss, double perplexity, bool diverged, int nonFiniteBlocks)
    {
        writer.WriteNumberOrNull("loss_nats_per_token", loss);
        writer.WriteNumberOrNull("perplexity", perplexity);
        writer.WriteBoolean("diverged", diverged);
        writer.WriteNumber("non_finite_blocks", nonFiniteBlocks);
    }
}

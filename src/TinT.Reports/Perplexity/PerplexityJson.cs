using System.Text.Json.Serialization;
using TinT.Evaluation.Corpora;
using TinT.Evaluation.Perplexity;
using TinT.Model;
using TinT.Reports.Json;

namespace TinT.Reports.Perplexity;

/// <summary>A perplexity report as JSON: this record is the format.</summary>
/// <remarks>
/// Fields may be added, never renamed. The same evaluation gives the same bytes. Numbers that are not finite, which JSON cannot write, and intervals of a
/// single block are null.
/// </remarks>
/// <param name="Schema"><c>tint.perplexity/1</c>.</param>
/// <param name="Model">Name of the spec's model.</param>
/// <param name="Auxiliary">The spec's settings of the auxiliary model.</param>
/// <param name="Simulator">The spec's settings of the simulator.</param>
/// <param name="Training">The spec's settings of the inner training, steps and layers as run: of several the most.</param>
/// <param name="Text">What was read.</param>
/// <param name="Fractions">Scores by training fraction.</param>
public sealed record PerplexityJson(
    string Schema,
    string Model,
    PerplexityJson.AuxiliaryModel Auxiliary,
    PerplexityJson.SimulatorShape Simulator,
    PerplexityJson.InnerTraining Training,
    PerplexityJson.Corpus Text,
    IReadOnlyList<PerplexityJson.Fraction> Fractions)
{
    /// <summary>Writes UTF-8 JSON with a newline at the end.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="report">The report.</param>
    public static void Write(Stream stream, PerplexityReport report) => ReportJson.Write(stream, Of(report), PerplexityContract.Default);

    private static PerplexityJson Of(PerplexityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new PerplexityJson(
            "tint.perplexity/1",
            report.Simulator.Model,
            AuxiliaryModel.Of(report.Simulator.Auxiliary),
            new SimulatorShape(report.Simulator.Sharding, report.Simulator.PrefixTokens, report.Simulator.HiddenSize, report.Simulator.HeadCount),
            InnerTraining.Of(report.Simulator.Training, report.Result),
            Corpus.Of(report.Corpus, report.Result),
            [.. report.Result.Fractions.Select(Fraction.Of)]);
    }

    /// <summary><c>auxiliary</c>, under the spec's names.</summary>
    public sealed record AuxiliaryModel(
        string Architecture,
        int VocabSize,
        int MaxPositionEmbeddings,
        int HiddenSize,
        int NumHiddenLayers,
        int NumAttentionHeads,
        int IntermediateSize,
        string Activation,
        double NormEpsilon)
    {
        internal static AuxiliaryModel Of(AuxiliaryDescription auxiliary) => new(
            auxiliary.Architecture,
            auxiliary.VocabularySize,
            auxiliary.MaxPositionEmbeddings,
            auxiliary.HiddenSize,
            auxiliary.LayerCount,
            auxiliary.HeadCount,
            auxiliary.IntermediateSize,
            auxiliary.Activation,
            auxiliary.NormEpsilon);
    }

    /// <summary><c>simulator</c>, under the spec's names.</summary>
    public sealed record SimulatorShape(int Sharding, int PrefixTokens, int HiddenSize, int NumAttentionHeads);

    /// <summary><c>training</c>, under the spec's names.</summary>
    public sealed record InnerTraining(int Steps, int Layers, string Loss, string LayerNorm, string Attention, double TaylorScale, string Compatibility)
    {
        internal static InnerTraining Of(TrainingDescription training, PerplexityResult result) => new(
            result.Plan.Points.Max(point => point.Steps),
            result.Plan.Points.Max(point => point.Layers),
            training.Loss,
            training.LayerNorm,
            training.Attention,
            training.TaylorScale,
            training.Compatibility);
    }

    /// <summary><c>text</c>.</summary>
    /// <param name="Files">Never absolute paths.</param>
    /// <param name="Tokenizer">Its name.</param>
    /// <param name="Lines">Lines that are not empty.</param>
    /// <param name="EmptyLines">Lines that were dropped.</param>
    /// <param name="Tokens">Tokens that were read.</param>
    /// <param name="DroppedTokens">Tokens in no block.</param>
    /// <param name="Blocks">Blocks.</param>
    /// <param name="EvaluatedBlocks">Those that the scores count: fewer than all if the evaluation is partial.</param>
    /// <param name="BlockSize">Tokens in a block.</param>
    /// <param name="GroupLines">Lines in a group, or null.</param>
    /// <param name="StoppedEarly">Whether a block limit was reached.</param>
    public sealed record Corpus(
        IReadOnlyList<string> Files,
        string Tokenizer,
        long Lines,
        long EmptyLines,
        long Tokens,
        long DroppedTokens,
        int Blocks,
        int EvaluatedBlocks,
        int BlockSize,
        int? GroupLines,
        bool StoppedEarly)
    {
        internal static Corpus Of(BlockCorpus corpus, PerplexityResult result) => new(
            corpus.Names,
            corpus.Tokenizer.Name,
            corpus.LineCount,
            corpus.EmptyLineCount,
            corpus.TokenCount,
            corpus.DroppedTokenCount,
            corpus.BlockCount,
            result.BlockCount,
            corpus.BlockSize,
            corpus.Options.GroupLines,
            corpus.StoppedEarly);
    }

    /// <summary>One of <c>fractions</c>.</summary>
    public sealed record Fraction(
        double TrainFraction, int TrainingTokensPerBlock, int ScoredTokensPerBlock, long ScoredTokens, Score Auxiliary, IReadOnlyList<Method> Methods)
    {
        internal static Fraction Of(FractionResult result) => new(
            result.Split.TrainFraction,
            result.Split.TrainingTokens,
            result.Split.ScoredTokens,
            result.ScoredTokens,
            new Score(result.Auxiliary.Loss, result.Auxiliary.Perplexity, result.Auxiliary.IsDiverged, result.Auxiliary.NonFiniteBlocks),
            [.. result.Methods.Select(Method.Of)]);
    }

    /// <summary>Score of the auxiliary model.</summary>
    public sealed record Score(double LossNatsPerToken, double Perplexity, bool Diverged, int NonFiniteBlocks);

    /// <summary>Score of a method at one learning rate.</summary>
    /// <param name="Name"><c>method</c>.</param>
    /// <param name="Layers">Trained layers.</param>
    /// <param name="Steps">Inner SGD steps.</param>
    /// <param name="LearningRate">Inner learning rate.</param>
    /// <param name="LossNatsPerToken">Mean over scored tokens.</param>
    /// <param name="Perplexity">exp of the loss.</param>
    /// <param name="Diverged">Whether the perplexity is not finite.</param>
    /// <param name="NonFiniteBlocks">Blocks with a loss that is not finite.</param>
    /// <param name="ImprovementPercent">How far the perplexity is below the auxiliary model's.</param>
    /// <param name="ImprovementLow">Lower bound of its 95% confidence interval.</param>
    /// <param name="ImprovementHigh">Upper bound.</param>
    /// <param name="Best">Lowest perplexity of the method's settings at the fraction.</param>
    public sealed record Method(
        [property: JsonPropertyName("method")] string Name,
        int Layers,
        int Steps,
        double LearningRate,
        double LossNatsPerToken,
        double Perplexity,
        bool Diverged,
        int NonFiniteBlocks,
        double? ImprovementPercent,
        [property: JsonPropertyName("improvement_percent_95_low")] double? ImprovementLow,
        [property: JsonPropertyName("improvement_percent_95_high")] double? ImprovementHigh,
        bool Best)
    {
        internal static Method Of(MethodScore score) => new(
            score.Method,
            score.Point.Layers,
            score.Point.Steps,
            score.Point.LearningRate,
            score.Loss,
            score.Perplexity,
            score.IsDiverged,
            score.NonFiniteBlocks,
            score.Improvement?.Percent,
            score.Improvement?.LowerBound,
            score.Improvement?.UpperBound,
            score.IsBest);
    }
}

[JsonSerializable(typeof(PerplexityJson)), JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class PerplexityContract : JsonSerializerContext;

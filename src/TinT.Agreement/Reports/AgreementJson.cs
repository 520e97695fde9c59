using System.Text.Json;
using System.Text.Json.Serialization;
using TinT.Agreement.Comparison;
using TinT.Reports.Json;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Agreement.Reports;

/// <summary>A report as JSON for programs: this record is the format. Numbers that are not finite are null.</summary>
/// <param name="Schema"><c>tint.verify/1</c>.</param>
/// <param name="Model">Name of the model; this and what follows up to <paramref name="TrainingTokens"/> is what was compared.</param>
/// <param name="Architecture">Its architecture.</param>
/// <param name="HiddenSize">Its hidden size.</param>
/// <param name="NumHiddenLayers">Its layers.</param>
/// <param name="TrainedLayers">Trained layers.</param>
/// <param name="Steps">Inner steps.</param>
/// <param name="LearningRate">Inner learning rate.</param>
/// <param name="Sequences">Sequences.</param>
/// <param name="Tokens">Tokens in each.</param>
/// <param name="TrainingTokens">Tokens that train, of all sequences.</param>
/// <param name="Holds">Whether every tolerance holds.</param>
/// <param name="NonFinite">For everything that was run (<c>engine</c>) and each sequence the first value that is not finite.</param>
/// <param name="Comparisons">Compiled, literal and plain, in pairs.</param>
/// <param name="SoftGates">Distance of the logit update with tanh gates, or null.</param>
/// <param name="Storage">What 16 bits change, if they were asked for.</param>
/// <param name="Approximations">TinT against exact SGD on the parameters TinT updates.</param>
/// <param name="WholeBlocks">The same of the logits, against exact SGD on whole layers.</param>
/// <param name="Exactness">With all approximations exact, or null.</param>
/// <param name="WhyNotExact">Why it is null; absent if it is not.</param>
public sealed record AgreementJson(
    string Schema,
    string Model,
    string Architecture,
    int HiddenSize,
    int NumHiddenLayers,
    int TrainedLayers,
    int Steps,
    double LearningRate,
    int Sequences,
    int Tokens,
    int TrainingTokens,
    bool Holds,
    IReadOnlyList<NonFiniteJson> NonFinite,
    IReadOnlyList<AgreementJson.Pair> Comparisons,
    double? SoftGates,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AgreementJson.Narrow? Storage,
    IReadOnlyList<AgreementJson.Cost> Approximations,
    AgreementJson.Change WholeBlocks,
    AgreementJson.Deviation? Exactness,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? WhyNotExact)
{
    /// <summary>Writes UTF-8 JSON with a newline at the end.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="report">The report.</param>
    public static void Write(Stream stream, AgreementReport report) => ReportJson.Write(stream, Of(report), AgreementContract.Default);

    private static AgreementJson Of(AgreementReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new AgreementJson(
            "tint.verify/1",
            report.Description.Model,
            report.Description.Auxiliary.Architecture,
            report.Description.Auxiliary.HiddenSize,
            report.Description.Auxiliary.LayerCount,
            report.Description.Training.Layers,
            report.Description.Training.Steps,
            report.LearningRate,
            report.Batch.BatchSize,
            report.Batch.TokenCount,
            report.Batch.TrainingMask.Count(mask => mask != 0),
            report.Holds,
            [.. report.NonFinite.Select(found => NonFiniteJson.Of(found.Value) with { Engine = found.Engine })],
            [.. report.Comparisons.Select(Pair.Of)],
            report.SoftGates,
            report.Storage is { } storage ? Narrow.Of(storage) : null,
            [.. report.Costs.Select(Cost.Of)],
            Change.Of(report.WholeBlocks),
            report.Exactness is { } exactness ? Deviation.Of(exactness) : null,
            report.Exactness is null ? report.WhyNotExact : null);
    }

    /// <summary>Two ways to compute TinT.</summary>
    public sealed record Pair(string Ours, string Theirs, Deviation LogitsBefore, Deviation LogitUpdate, Deviation WeightUpdate)
    {
        internal static Pair Of(EngineComparison comparison) => new(
            comparison.Ours,
            comparison.Theirs,
            Deviation.Of(comparison.LogitsBefore),
            Deviation.Of(comparison.LogitUpdate),
            Deviation.Of(comparison.WeightUpdate));
    }

    /// <summary>An error with its tolerance.</summary>
    /// <param name="Value"><c>error</c>.</param>
    /// <param name="Tolerance">The most it may be.</param>
    /// <param name="Holds">Whether it is no more.</param>
    /// <param name="Where">The tensor where it is largest; absent if it is of everything together.</param>
    public sealed record Deviation(
        [property: JsonPropertyName("error")] double Value,
        double Tolerance,
        bool Holds,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Where)
    {
        internal static Deviation Of(Measure measure) => new(measure.Error, measure.Tolerance, measure.Holds, measure.Where.Length > 0 ? measure.Where : null);
    }

    /// <summary>How close a change is to the one it should be.</summary>
    public sealed record Change(double Cosine, double RelativeNorm, double Distance)
    {
        internal static Change Of(Closeness closeness) => new(closeness.Cosine, closeness.RelativeNorm, closeness.Distance);
    }

    /// <summary>What storing matrices in 16 bits changes, against float32.</summary>
    /// <param name="Type"><c>bf16</c> or <c>f16</c>.</param>
    /// <param name="Logits">Distance of the logits before.</param>
    /// <param name="LargestLogit">Largest difference of one, relative to their rms.</param>
    /// <param name="LogitUpdate">Change of the logits.</param>
    /// <param name="WeightUpdate">Change of the weights.</param>
    /// <param name="LossBefore">Loss before, stored so.</param>
    /// <param name="LossBeforeFloat32">Loss before in float32.</param>
    /// <param name="LossAfter">Loss after, stored so.</param>
    /// <param name="LossAfterFloat32">Loss after in float32.</param>
    public sealed record Narrow(
        string Type,
        double Logits,
        double LargestLogit,
        Change LogitUpdate,
        Change WeightUpdate,
        double LossBefore,
        double LossBeforeFloat32,
        double LossAfter,
        double LossAfterFloat32)
    {
        internal static Narrow Of(StorageEffect effect) => new(
            effect.Storage.ShortName(),
            effect.Logits,
            effect.LargestLogit,
            Change.Of(effect.LogitUpdate),
            Change.Of(effect.WeightUpdate),
            effect.LossesBefore.Narrow,
            effect.LossesBefore.Single,
            effect.LossesAfter.Narrow,
            effect.LossesAfter.Single);
    }

    /// <summary>TinT's change against that of exact SGD, by what was made exact.</summary>
    public sealed record Cost(string Id, Change Weights, Change Logits, IReadOnlyList<Parameter> Parameters)
    {
        internal static Cost Of(ApproximationCost cost) =>
            new(cost.Approximation.Id, Change.Of(cost.Weights), Change.Of(cost.Logits), [.. cost.Parameters.Select(Parameter.Of)]);
    }

    /// <summary>The same of one tensor; <c>layer</c> is null outside the layers.</summary>
    public sealed record Parameter(string Kind, int? Layer, double Cosine, double RelativeNorm, double Distance)
    {
        internal static Parameter Of(ParameterCloseness parameter) => new(
            JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Kind.ToString()),
            parameter.Layer < 0 ? null : parameter.Layer,
            parameter.Closeness.Cosine,
            parameter.Closeness.RelativeNorm,
            parameter.Closeness.Distance);
    }
}

[JsonSerializable(typeof(AgreementJson)), JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class AgreementContract : JsonSerializerContext;

using System.Text.Json.Serialization;
using TinT.Evaluation.InContext.Protocol;
using TinT.Reports.Files;
using TinT.Reports.Json;

namespace TinT.Reports.InContext;

/// <summary>An in-context evaluation as JSON: this record is the format.</summary>
/// <remarks>Fields may be added, never renamed. Accuracies are shares; numbers that are not finite are null.</remarks>
/// <param name="Schema"><c>tint.icl/1</c>.</param>
/// <param name="Version">Version of the product.</param>
/// <param name="Model">Name of the spec's model.</param>
/// <param name="Selection"><c>held-out</c> or <c>oracle</c>.</param>
/// <param name="Compatibility"><c>default</c> or <c>authors</c>.</param>
/// <param name="EvaluationSamples">Queries of a draw.</param>
/// <param name="EvaluationSeed">Seed of the draw that settings are chosen on.</param>
/// <param name="TestSeed">Seed of the draw that is reported; null where that is the same.</param>
/// <param name="MaxTokens">Most tokens of a prompt.</param>
/// <param name="Inputs">Files that determine results.</param>
/// <param name="Tasks">The tasks.</param>
/// <param name="Rows">The main table.</param>
/// <param name="Runs">Every run.</param>
public sealed record InContextJson(
    string Schema,
    string Version,
    string Model,
    string Selection,
    string Compatibility,
    int EvaluationSamples,
    int EvaluationSeed,
    int? TestSeed,
    int MaxTokens,
    IReadOnlyList<HashedInput> Inputs,
    IReadOnlyList<InContextJson.TaskShape> Tasks,
    IReadOnlyList<InContextJson.Row> Rows,
    IReadOnlyList<InContextJson.Run> Runs)
{
    /// <summary>Writes UTF-8 JSON with a newline at the end.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="report">The report.</param>
    public static void Write(Stream stream, InContextReport report) => ReportJson.Write(stream, Of(report), InContextContract.Default);

    private static InContextJson Of(InContextReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        InContextPlan plan = report.Result.Plan;
        return new InContextJson(
            "tint.icl/1",
            report.Version,
            report.Simulator.Model,
            InContextWords.Of(plan.Options.Selection),
            plan.Options.Authors ? "authors" : "default",
            plan.Options.EvaluationSamples,
            plan.Options.EvaluationSeed,
            plan.Options.Selection == Evaluation.InContext.Protocol.Selection.HeldOut ? plan.Options.TestSeed : null,
            plan.MaxTokens,
            report.Inputs,
            [.. plan.Tasks.Select(task => new TaskShape(task.Data.Name, task.Data.Template.Text, task.Data.Template.Premise, task.Data.Template.Labels, [.. task.Demonstrations.Select(DemonstrationRows.Of)]))],
            [.. InContextRows.Of(report.Result).Select(Row.Of)],
            [.. RunsOf(report.Result)]);
    }

    /// <summary>Every run of a result, with each way to compare scores.</summary>
    internal static IEnumerable<Run> RunsOf(InContextResult result) =>
        from run in result.Runs from calibration in result.Plan.Calibrations select Run.Of(result, run, calibration);

    /// <summary>One of <c>tasks</c>.</summary>
    public sealed record TaskShape(string Name, string Template, string Premise, IReadOnlyList<string> Labels, IReadOnlyList<DemonstrationRows> Demonstrations);

    /// <summary>A set of demonstrations.</summary>
    public sealed record DemonstrationRows(int Shots, int TrainSeed, IReadOnlyList<int> Rows, int LongestPromptTokens)
    {
        internal static DemonstrationRows Of(DemonstrationSet set) => new(set.Shots, set.Seed, set.Rows, set.LongestPrompt);
    }

    /// <summary>One of <c>rows</c>; means and spreads over seeds, by task.</summary>
    public sealed record Row(
        string Scores, int Shots, string Method, string? Layout, string? Loss, IReadOnlyList<double> Mean, IReadOnlyList<double> Spread, double AverageMean, double AverageSpread,
        double? Gain, [property: JsonPropertyName("gain_95_low")] double? GainLow, [property: JsonPropertyName("gain_95_high")] double? GainHigh)
    {
        internal static Row Of(InContextRow row) => new(
            InContextWords.Of(row.Calibration),
            row.Shots,
            row.Method,
            row.Layout is { } layout ? InContextWords.Of(layout) : null,
            row.Loss is { } loss ? InContextWords.Of(loss) : null,
            [.. row.Tasks.Select(task => task.Mean)],
            [.. row.Tasks.Select(task => task.Spread)],
            row.Average.Mean,
            row.Average.Spread,
            row.Gain?.Mean,
            row.Gain?.Low,
            row.Gain?.High);
    }

    /// <summary>One of <c>runs</c>, once for each way to compare scores.</summary>
    public sealed record Run(
        string Method, string Task, int Shots, int TrainSeed, string Layout, string? Loss, int? Layers, int? Steps, double? LearningRate, string Draw, string Scores, int Queries,
        int Right, double Accuracy, double StandardError, bool Diverged, double SmallestMargin, IReadOnlyList<double> Recall, IReadOnlyList<double> PredictedShare, bool Chosen)
    {
        internal static Run Of(InContextResult result, InContextRun run, Calibration calibration)
        {
            Predictions predictions = run.Predict(calibration);
            RunKey key = run.Key;
            int[] classes = [.. Enumerable.Range(0, run.ClassCount)];
            return new Run(
                key.Method,
                key.Task,
                key.Shots,
                key.TrainSeed,
                InContextWords.Of(key.Layout),
                key.Loss is { } loss ? InContextWords.Of(loss) : null,
                key.Setting?.Layers,
                key.Setting?.Steps,
                key.Setting?.LearningRate,
                InContextWords.Of(key.Draw),
                InContextWords.Of(calibration),
                predictions.Labels.Count,
                predictions.Right,
                predictions.Accuracy,
                predictions.StandardError,
                predictions.IsDiverged,
                predictions.SmallestMargin,
                [.. classes.Select(predictions.Recall)],
                [.. classes.Select(predictions.Predicted)],
                InContextRows.IsChosen(result, key, calibration));
        }
    }
}

[JsonSerializable(typeof(InContextJson)), JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class InContextContract : JsonSerializerContext;

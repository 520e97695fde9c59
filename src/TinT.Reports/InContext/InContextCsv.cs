using System.Text;
using TinT.Evaluation.InContext.Protocol;
using TinT.Reports.Files;

namespace TinT.Reports.InContext;

/// <summary>Writes every run as a record of comma-separated values (RFC 4180, UTF-8, a header line).</summary>
/// <remarks>Columns have the names and units of <see cref="InContextJson"/>; what has no value is empty.</remarks>
public static class InContextCsv
{
    /// <summary>Writes the records.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="report">The report.</param>
    public static void Write(Stream stream, InContextReport report)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(report);
        CsvWriter writer = new();
        WriteHeader(writer);
        WriteRecords(writer, report);
        stream.Write(Encoding.UTF8.GetBytes(writer.ToString()));
    }

    /// <summary>Writes the header, behind columns of the caller's.</summary>
    internal static void WriteHeader(CsvWriter writer, params IEnumerable<object?> leading) => writer.WriteRecord(
        [
            .. leading,
            "model", "method", "task", "shots", "train_seed", "layout", "loss", "layers", "steps", "learning_rate", "draw", "scores",
            "queries", "right", "accuracy", "standard_error", "diverged", "smallest_margin", "chosen",
        ]);

    /// <summary>Writes the records of a report, behind values of the caller's.</summary>
    internal static void WriteRecords(CsvWriter writer, InContextReport report, params IEnumerable<object?> leading)
    {
        foreach (InContextRun run in report.Result.Runs)
        {
            foreach (Calibration calibration in report.Result.Plan.Calibrations)
            {
                Predictions predictions = run.Predict(calibration);
                RunKey key = run.Key;
                writer.WriteRecord(
                [
                    .. leading,
                    report.Simulator.Model,
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
                    IsChosen(report.Result, key, calibration),
                ]);
            }
        }
    }

    /// <summary>Whether tables show a run.</summary>
    internal static bool IsChosen(InContextResult result, RunKey key, Calibration calibration) => key.Draw == result.Plan.Reported
        && (key.Setting is null || result.Choices.Any(
            choice => choice.Calibration == calibration && InContextEvaluator.ReportedKeys(result.Plan, choice).Contains(key)));
}

using System.Text;
using TinT.Reports.Files;
using TinT.Reports.InContext;
using TinT.Reports.Perplexity;

namespace TinT.Reports.Sweeps;

/// <summary>Writes the records of all evaluations of a sweep as comma-separated values: the columns of an evaluation's, behind its label.</summary>
public static class SweepCsv
{
    /// <summary>Writes the records; of evaluations of which nothing is finished there are none.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="report">The report.</param>
    public static void Write(Stream stream, SweepReport report)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(report);
        const string Label = "evaluation";
        CsvWriter writer = new();
        if (report.Evaluations.Any(evaluation => evaluation.InContext is not null))
            InContextCsv.WriteHeader(writer, Label);
        else
            PerplexityCsv.WriteHeader(writer, Label);
        foreach (SweptEvaluation evaluation in report.Evaluations)
        {
            if (evaluation.InContext is { } tasks)
                InContextCsv.WriteRecords(writer, tasks, evaluation.Label);
            if (evaluation.Perplexity is { } perplexity)
                PerplexityCsv.WriteRecords(writer, perplexity, evaluation.Label);
        }

        stream.Write(Encoding.UTF8.GetBytes(writer.ToString()));
    }
}

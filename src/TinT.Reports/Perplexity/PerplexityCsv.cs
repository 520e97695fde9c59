using System.Text;
using TinT.Evaluation.Perplexity;
using TinT.Reports.Files;

namespace TinT.Reports.Perplexity;

/// <summary>Writes a perplexity report as comma-separated values (RFC 4180, UTF-8, a header line).</summary>
/// <remarks>
/// One record for the auxiliary model at each training fraction, with method <c>auxiliary</c>, and one for each method and learning
/// rate. Columns have the names and units of <see cref="PerplexityJson"/>; what has no value or is not finite is empty.
/// Several files are joined by <c>;</c>.
/// </remarks>
public static class PerplexityCsv
{
    /// <summary>Writes the records.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="report">The report.</param>
    public static void Write(Stream stream, PerplexityReport report)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Encoding.UTF8.GetBytes(Format(report)));
    }

    /// <summary>The records.</summary>
    /// <param name="report">The report.</param>
    public static string Format(PerplexityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        CsvWriter writer = new();
        WriteHeader(writer);
        WriteRecords(writer, report);
        return writer.ToString();
    }

    /// <summary>Writes the header, behind columns of the caller's.</summary>
    internal static void WriteHeader(CsvWriter writer, params IEnumerable<object?> leading) => writer.WriteRecord(
        [
            .. leading,
            "model", "files", "tokenizer", "blocks", "block_size", "steps", "layers",
            "train_fraction", "training_tokens_per_block", "scored_tokens",
            "method", "learning_rate", "loss_nats_per_token", "perplexity", "diverged", "non_finite_blocks",
            "improvement_percent", "improvement_percent_95_low", "improvement_percent_95_high", "best",
        ]);

    /// <summary>Writes the records of a report, behind values of the caller's.</summary>
    internal static void WriteRecords(CsvWriter writer, PerplexityReport report, params IEnumerable<object?> leading)
    {
        foreach (FractionResult fraction in report.Result.Fractions)
        {
            AuxiliaryScore auxiliary = fraction.Auxiliary;
            WriteRecord(writer, leading, report, fraction, learningRate: null, new MethodScore(
                "auxiliary", fraction.Methods[0].Point, auxiliary.Loss, auxiliary.Perplexity, auxiliary.NonFiniteBlocks, Improvement: null, IsBest: false));
            foreach (MethodScore score in fraction.Methods)
                WriteRecord(writer, leading, report, fraction, score.Point.LearningRate, score);
        }
    }

    private static void WriteRecord(
        CsvWriter writer, IEnumerable<object?> leading, PerplexityReport report, FractionResult fraction, double? learningRate, MethodScore score) => writer.WriteRecord(
        [
            .. leading,
            report.Simulator.Model,
            string.Join(';', report.Corpus.Names),
            report.Corpus.Tokenizer.Name,
            report.Result.BlockCount,
            report.Corpus.BlockSize,
            score.Point.Steps,
            score.Point.Layers,
            fraction.Split.TrainFraction,
            fraction.Split.TrainingTokens,
            fraction.ScoredTokens,
            score.Method,
            learningRate,
            score.Loss,
            score.Perplexity,
            score.IsDiverged,
            score.NonFiniteBlocks,
            score.Improvement?.Percent,
            score.Improvement?.LowerBound,
            score.Improvement?.UpperBound,
            score.IsBest,
        ]);
}

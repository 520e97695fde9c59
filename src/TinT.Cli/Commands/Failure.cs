using System.Reflection;
using TinT.Accounting;
using TinT.Cli.Compilation;
using TinT.Cli.Outcomes;
using TinT.Cli.Sweeps.Clusters;
using TinT.Evaluation.Corpora;
using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.InContext.Logs;
using TinT.Evaluation.InContext.Tasks;
using TinT.Evaluation.Logs;
using TinT.Evaluation.Sweeps;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Literal.Export;
using TinT.Reports.Files;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Commands;

/// <summary>Which exceptions are answers to the user rather than defects of the tool, and how they are told.</summary>
internal static class Failure
{
    /// <summary>The exit code of an expected failure; <see langword="null"/> for a defect, which is not to be caught.</summary>
    public static int? ExitCodeOf(Exception exception) => exception switch
    {
        UsageException or SpecException or EvaluationException or PlannedRunException or TaskFileException => ExitCode.WrongUsage,
        CheckpointFormatException or SimulationInputException or TokenizerFormatException or CorpusException or ReportException
            or SourceOutputException or DataSetException or RunLogException or ClusterException or BufferAllocationException or ExportException or DeviceException or OutOfMemoryException => ExitCode.Failed,
        _ => null,
    };

    /// <summary>What to print: the mistakes in a spec with their places, or one line.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="subject">What the command works on, for failures that do not say where they were; empty if there is nothing.</param>
    public static string Describe(Exception exception, string subject = "") => exception switch
    {
        SpecException => exception.Message,
        OutOfMemoryException => $"error: {Of(subject)}there is not enough memory; use fewer or shorter sequences at once, fewer trained layers, or a machine with more.",
        BufferAllocationException => $"error: {Of(subject)}{exception.Message.ReplaceLineEndings(" ")}",
        _ => $"error: {exception.Message.ReplaceLineEndings(" ")}",
    };

    /// <summary>The failure inside those that only carry it.</summary>
    /// <param name="exception">What was caught.</param>
    public static Exception Cause(Exception exception) =>
        exception is AggregateException or TypeInitializationException or TargetInvocationException && exception.InnerException is { } inner
            ? Cause(inner)
            : exception;

    private static string Of(string subject) => subject.Length == 0 ? "" : $"{subject}: ";
}

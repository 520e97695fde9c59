using TinT.Accounting;
using TinT.Cli.Compilation;
using TinT.Evaluation.Corpora;
using TinT.Evaluation.Perplexity;
using TinT.Evaluation.Reports;
using TinT.Evaluation.Tokenizers;
using TinT.Literal.Export;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Cpu;
using TinT.Runtime.Simulation;

namespace TinT.Cli;

/// <summary>Which exceptions are answers to the user rather than defects of the tool, and how they are told.</summary>
internal static class Failure
{
    /// <summary>The exit code of an expected failure; <see langword="null"/> for a defect, which is not to be caught.</summary>
    public static int? ExitCodeOf(Exception exception) => exception switch
    {
        UsageException or SpecException or EvaluationException or PlannedRunException => ExitCode.WrongUsage,
        CheckpointFormatException or SimulationInputException or TokenizerFormatException or CorpusException or ReportException
            or SourceOutputException or BufferAllocationException or ExportException or DeviceException => ExitCode.Failed,
        _ => null,
    };

    /// <summary>What to print: the mistakes in a spec with their places, or one line.</summary>
    public static string Describe(Exception exception) =>
        exception is SpecException ? exception.Message : $"error: {exception.Message.ReplaceLineEndings(" ")}";
}

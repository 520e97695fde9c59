using System.Globalization;
using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Cli.Sweeps.Evaluations;
using TinT.Cli.Sweeps.Reading;
using TinT.Cli.Sweeps.Work;
using TinT.Evaluation.Logs;
using TinT.Evaluation.Sharing;
using TinT.Reports.Sweeps;
using TinT.Reports.Tables;

namespace TinT.Cli.Sweeps;

/// <summary>Plans, runs, watches and reports sweeps.</summary>
internal static class SweepJob
{
    private static readonly TimeSpan refreshPeriod = TimeSpan.FromSeconds(1);

    /// <summary>Says what a sweep takes.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">A file cannot be read, or an option does not fit.</exception>
    /// <exception cref="SpecException">The sweep or a spec has mistakes.</exception>
    public static int Plan(CommandContext context, SweepRequest request)
    {
        using OpenedSweep sweep = Open(context, request);
        SweepPlan plan = new(sweep, request.Measures ? SpeedMeasurement.Of(sweep, context.CancellationToken) : null);
        context.Console.Write(plan.Table());
        return ExitCode.Done;
    }

    /// <summary>Works on a sweep until all is finished, together with whatever processes do the same, and shows the report.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">A file cannot be read, or an option does not fit.</exception>
    /// <exception cref="SpecException">The sweep or a spec has mistakes.</exception>
    /// <exception cref="RunLogException">The folder belongs to another sweep, or cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled; what is finished is in logs, and a partial report was shown.</exception>
    public static int Run(CommandContext context, SweepRequest request)
    {
        using OpenedSweep sweep = Open(context, request);
        SweepFolder folder = SweepFolder.Open(FolderOf(request, sweep.File), sweep);
        try
        {
            int count = new SweepWorker(context, sweep, folder, request.Lease).Run(request.Shard);
            context.Console.WriteErrorLine(string.Create(CultureInfo.InvariantCulture, $"This process ran {count:N0} units; results are in {folder.Path}."));
        }
        catch (OperationCanceledException)
        {
            Write(context, sweep.Report());
            throw;
        }

        WriteAll(context, request, sweep.Report());
        return ExitCode.Done;
    }

    /// <summary>Shows how far a sweep is: on a terminal until all is finished, else once.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">There are no results.</exception>
    /// <exception cref="SpecException">The sweep or a spec has mistakes.</exception>
    /// <exception cref="RunLogException">The folder belongs to another sweep, or cannot be read.</exception>
    public static int Status(CommandContext context, SweepRequest request)
    {
        using OpenedSweep sweep = Open(context, request);
        SweepFolder folder = SweepFolder.OpenExisting(FolderOf(request, sweep.File), sweep);
        if (!context.Console.IsLive)
        {
            context.Console.Write(SweepStatus.Of(sweep, folder.Running(request.Lease)));
            return ExitCode.Done;
        }

        context.Console.WriteLive(
            () =>
            {
                sweep.Refresh();
                return SweepStatus.Of(sweep, folder.Running(request.Lease));
            },
            () => sweep.IsComplete || context.CancellationToken.WaitHandle.WaitOne(refreshPeriod));
        return ExitCode.Done;
    }

    /// <summary>Shows and writes what is found so far.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">There are no results.</exception>
    /// <exception cref="SpecException">The sweep or a spec has mistakes.</exception>
    /// <exception cref="RunLogException">The folder belongs to another sweep, or cannot be read.</exception>
    public static int Report(CommandContext context, SweepRequest request)
    {
        using OpenedSweep sweep = Open(context, request);
        SweepFolder.OpenExisting(FolderOf(request, sweep.File), sweep);
        WriteAll(context, request, sweep.Report());
        return ExitCode.Done;
    }

    /// <summary>The folder of a sweep's results.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="file">The sweep.</param>
    public static string FolderOf(SweepRequest request, SweepFile file) => request.Output ?? file.DefaultFolder;

    /// <summary>Reads a sweep and lays it out.</summary>
    /// <param name="context">Where progress goes.</param>
    /// <param name="request">What was asked for.</param>
    public static OpenedSweep Open(CommandContext context, SweepRequest request) => new(context, SweepReader.Read(request.Sweep, request.Threads));

    private static void WriteAll(CommandContext context, SweepRequest request, SweepReport report)
    {
        context.WriteReport(request.JsonPath, stream => SweepJson.Write(stream, report));
        context.WriteReport(request.CsvPath, stream => SweepCsv.Write(stream, report));
        context.WriteReport(request.HtmlPath, stream => SweepPage.Create(report).Write(stream));
        Write(context, report);
    }

    private static void Write(CommandContext context, SweepReport report)
    {
        bool first = true;
        foreach (ReportTable table in SweepTables.Of(report))
        {
            if (!first)
                context.Console.WriteLine();
            first = false;
            context.Console.Write(table);
        }

        if (report.IsPartial)
        {
            int missing = report.Evaluations.Count(evaluation => !evaluation.IsComplete);
            context.Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Partial: {missing:N0} of {report.Evaluations.Count:N0} evaluations are not finished; 'tint sweep run' goes on with them."));
        }
    }
}

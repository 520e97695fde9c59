using System.Globalization;
using TinT.Cli.Sweeps.Evaluations;
using TinT.Reports.Tables;

namespace TinT.Cli.Sweeps.Work;

/// <summary>What a sweep takes: units, operations, memory and time.</summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="Speed">How fast methods are here; <see langword="null"/> if that was not measured.</param>
internal sealed record SweepPlan(OpenedSweep Sweep, SpeedMeasurement? Speed)
{
    /// <summary>Bytes that a process needs beside the program itself: it has one model at a time.</summary>
    public long Memory => Sweep.Evaluations.Max(evaluation => evaluation.Memory);

    /// <summary>Time of all units on this machine, one after another.</summary>
    public TimeSpan? Time => Speed?.TimeOf(Sweep.Units);

    /// <summary>The table.</summary>
    public ReportTable Table()
    {
        List<ReportRow> rows = [.. Sweep.Evaluations.Select(evaluation => Row(evaluation.Entry.Label, evaluation.Units, evaluation.Memory))];
        if (rows.Count > 1)
            rows.Add(Row("all", [.. Sweep.Units], Memory));
        bool tasks = Sweep.Evaluations.Any(evaluation => evaluation is InContextEvaluation);
        return new ReportTable(
            $"Plan of {Sweep.File.Name}",
            [new("evaluation", false), new("units", true), new("GFLOP", true), new("memory MB", true), new("time", true)],
            [rows],
            [
                "Operations as 'tint plan' counts them, with the passes that settings share counted once; exact SGD by the same passes.",
                Speed is null ? "Time was not measured." : "Time on this machine for one process, from a measured run of each method.",
                .. tasks ? ["Prompts are counted as long as the longest, and half learned; the settings that are chosen then run on the reported queries too."] : (string[])[],
            ]);
    }

    private ReportRow Row(string label, IReadOnlyList<PlannedUnit> units, long memory) => new(
    [
        new(label),
        new(units.Count.ToString("N0", CultureInfo.InvariantCulture)),
        new((units.Sum(unit => unit.Operations) / 1e9).ToString("N1", CultureInfo.InvariantCulture)),
        new((memory / 1e6).ToString("N0", CultureInfo.InvariantCulture)),
        new(Speed is null ? "–" : Text(Speed.TimeOf(units))),
    ]);

    private static string Text(TimeSpan time) => time.TotalDays >= 1
        ? time.ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture)
        : time < TimeSpan.FromMinutes(1) ? time.TotalSeconds.ToString("0.0 s", CultureInfo.InvariantCulture) : time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);
}

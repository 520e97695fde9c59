using System.Globalization;
using TinT.Cli.Sweeps.Evaluations;
using TinT.Evaluation.Sharing;
using TinT.Reports.Tables;

namespace TinT.Cli.Sweeps.Work;

/// <summary>How far a sweep is, as a table.</summary>
internal static class SweepStatus
{
    /// <summary>The table.</summary>
    /// <param name="sweep">The sweep, as far as it was read.</param>
    /// <param name="running">Units that are claimed, with who has them.</param>
    public static ReportTable Of(OpenedSweep sweep, IReadOnlyList<(string Unit, ProcessIdentity Owner)> running)
    {
        double total = sweep.Units.Sum(unit => unit.Operations);
        double done = 0;
        List<ReportRow> rows = [];
        foreach ((int index, ISweepEvaluation evaluation) in sweep.Evaluations.Index())
        {
            PlannedUnit[] finished = [.. evaluation.Units.Where(evaluation.IsFinished)];
            string prefix = string.Create(CultureInfo.InvariantCulture, $"{index + 1}: ");
            double part = finished.Sum(unit => unit.Operations);
            done += part;
            rows.Add(new ReportRow(
            [
                new(evaluation.Entry.Label),
                new(Text(evaluation.Units.Count)),
                new(Text(finished.Length)),
                new(Text(running.Count(claim => claim.Unit.StartsWith(prefix, StringComparison.Ordinal)))),
                new((part / evaluation.Units.Sum(unit => unit.Operations)).ToString("0%", CultureInfo.InvariantCulture), evaluation.IsComplete ? CellEmphasis.Best : CellEmphasis.None),
            ]));
        }

        ProcessIdentity[] owners = [.. running.Select(claim => claim.Owner).Distinct()];
        string who = owners.Length == 0
            ? "No process runs."
            : $"{Text(owners.Length)} {(owners.Length == 1 ? "process runs" : "processes run")}, on {string.Join(", ", owners.Select(owner => owner.Host.Split(' ')[0]).Distinct())}.";
        return new ReportTable(
            $"Status of {sweep.File.Name}",
            [new("evaluation", false), new("units", true), new("finished", true), new("running", true), new("work", true)],
            [rows],
            [sweep.IsComplete ? "All is finished." : string.Create(CultureInfo.InvariantCulture, $"{done / total:0%} of the work is finished. {who}")]);
    }

    private static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

using TinT.Cli.Jobs;
using TinT.Cli.Sweeps.Evaluations;

namespace TinT.Cli.Sweeps.Work;

/// <summary>Divides units among processes: each has a stretch of them that takes as much work as any other's, so that it loads few models.</summary>
internal static class UnitShares
{
    /// <summary>The share that each unit belongs to, from 1, in order.</summary>
    /// <param name="units">All units of a sweep, in order.</param>
    /// <param name="count">Shares.</param>
    public static IEnumerable<(PlannedUnit Unit, int Share)> Of(IReadOnlyList<PlannedUnit> units, int count)
    {
        double total = units.Sum(unit => unit.Operations);
        double before = 0;
        foreach (PlannedUnit unit in units)
        {
            // By its middle.
            double place = (before + (unit.Operations / 2)) / total;
            yield return (unit, Math.Clamp(1 + (int)(place * count), 1, count));
            before += unit.Operations;
        }
    }

    /// <summary>The units of one share.</summary>
    /// <param name="units">All units of a sweep, in order.</param>
    /// <param name="shard">The share.</param>
    public static HashSet<PlannedUnit> Of(IReadOnlyList<PlannedUnit> units, ShardChoice shard) =>
        [.. Of(units, shard.Count).Where(unit => unit.Share == shard.Index).Select(unit => unit.Unit)];
}

using System.Globalization;
using TinT.Cli.Context;
using TinT.Cli.Jobs;
using TinT.Cli.Sweeps.Evaluations;
using TinT.Evaluation.Sharing;

namespace TinT.Cli.Sweeps.Work;

/// <summary>One of the processes that run a sweep: first its share, then whatever is left, until all is finished.</summary>
/// <param name="context">Where progress goes.</param>
/// <param name="sweep">The sweep.</param>
/// <param name="folder">Its folder.</param>
/// <param name="lease">How long claims last.</param>
internal sealed class SweepWorker(CommandContext context, OpenedSweep sweep, SweepFolder folder, TimeSpan lease)
{
    private static readonly TimeSpan longestWait = TimeSpan.FromSeconds(2);

    private readonly ClaimFolder claims = new(folder.Claims, lease);
    private readonly PlannedUnit[] units = [.. sweep.Units];
    private int tenthsTold = -1;

    /// <summary>Works until all is finished.</summary>
    /// <param name="shard">The share to begin with; <see langword="null"/> for all.</param>
    /// <returns>Units that this process ran.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled; what is finished is in logs.</exception>
    public int Run(ShardChoice? shard)
    {
        int count = 0;
        if (shard is not null)
        {
            HashSet<PlannedUnit> own = UnitShares.Of(units, shard);
            Tell();
            count += Round(evaluation => [.. evaluation.Units.Where(own.Contains).Select(unit => unit.Name)], InOrder(own.FirstOrDefault()?.Evaluation ?? 0));
        }

        int first = shard is null ? 0 : units.Length * (shard.Index - 1) / shard.Count;
        while (!sweep.IsComplete)
        {
            Tell();
            int ran = Round(_ => null, InOrder(units[first].Evaluation));
            count += ran;
            sweep.Refresh();

            // Others run what is left, or have claims that are about to expire.
            if (ran == 0 && !sweep.IsComplete && context.CancellationToken.WaitHandle.WaitOne(lease / 10 < longestWait ? lease / 10 : longestWait))
                context.CancellationToken.ThrowIfCancellationRequested();
        }

        Tell();
        return count;
    }

    private IEnumerable<ISweepEvaluation> InOrder(int first) => sweep.Evaluations.Skip(first).Concat(sweep.Evaluations.Take(first));

    /// <summary>Goes over evaluations once.</summary>
    /// <param name="wanted">Names of the units of an evaluation to run; <see langword="null"/> for all.</param>
    /// <param name="evaluations">The evaluations, in order.</param>
    private int Round(Func<ISweepEvaluation, HashSet<string>?> wanted, IEnumerable<ISweepEvaluation> evaluations)
    {
        int count = 0;
        foreach (ISweepEvaluation evaluation in evaluations)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            evaluation.Refresh();
            HashSet<string>? names = wanted(evaluation);
            if (names is { Count: 0 } || evaluation.IsComplete)
                continue;
            string prefix = string.Create(CultureInfo.InvariantCulture, $"{evaluation.Units[0].Evaluation + 1}: ");
            ClaimingWorker worker = new(claims, prefix, evaluation.Refresh, name => names?.Contains(name) ?? true, _ => Tell());
            evaluation.Run(worker, context.CancellationToken);
            count += worker.Count;
        }

        return count;
    }

    /// <summary>A line for each tenth of the work, by whomever it is done.</summary>
    private void Tell()
    {
        PlannedUnit[] finished = [.. units.Where(unit => sweep.Evaluations[unit.Evaluation].IsFinished(unit))];
        int tenths = (int)(10 * finished.Sum(unit => unit.Operations) / units.Sum(unit => unit.Operations));
        if (tenths <= tenthsTold)
            return;
        tenthsTold = tenths;
        context.Console.WriteErrorLine(string.Create(
            CultureInfo.InvariantCulture, $"{10 * tenths}% of the work: {finished.Length:N0} of {units.Length:N0} units are finished."));
    }
}

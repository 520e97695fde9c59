using System.Diagnostics;
using TinT.Cli.Sweeps.Evaluations;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Sweeps.Work;

/// <summary>How fast methods are on this machine.</summary>
internal sealed class SpeedMeasurement
{
    private readonly Dictionary<(int Evaluation, string Method), double> perSecond = [];

    /// <summary>Measures every method of every evaluation once, after a run that is not counted.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="cancellationToken">Asked between passes.</param>
    public static SpeedMeasurement Of(OpenedSweep sweep, CancellationToken cancellationToken)
    {
        SpeedMeasurement speed = new();
        foreach ((int index, ISweepEvaluation evaluation) in sweep.Evaluations.Index())
        {
            evaluation.Measure(method =>
            {
                RunOptions options = new() { Logits = false, Losses = RecordedLosses.Scored, CancellationToken = cancellationToken };
                method.Simulator.Run(method.Batch, options);
                long start = Stopwatch.GetTimestamp();
                method.Simulator.Run(method.Batch, options);
                speed.perSecond[(index, method.Name)] = method.Operations / Stopwatch.GetElapsedTime(start).TotalSeconds;
            });
        }

        return speed;
    }

    /// <summary>Time that units take one after another; of methods that were not measured as of the slowest.</summary>
    /// <param name="units">The units.</param>
    public TimeSpan TimeOf(IEnumerable<PlannedUnit> units) => TimeSpan.FromSeconds(units.Sum(
        unit => unit.Operations / perSecond.GetValueOrDefault((unit.Evaluation, unit.Method), perSecond.Values.Min())));
}

using System.Diagnostics;

namespace TinT.Benchmarks;

/// <summary>Best-of timings.</summary>
internal static class Stopwatches
{
    /// <summary>The shortest of several runs, in seconds; short work is repeated within a run.</summary>
    /// <param name="budgetSeconds">How long to go on measuring.</param>
    /// <param name="action">The work.</param>
    public static double Best(double budgetSeconds, Action action)
    {
        action();
        long start = Stopwatch.GetTimestamp();
        action();
        double once = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int repeats = Math.Max(1, (int)(500e-6 / once));
        double best = double.PositiveInfinity;
        long begin = Stopwatch.GetTimestamp();
        for (int run = 0; run < 3 || Stopwatch.GetElapsedTime(begin).TotalSeconds < budgetSeconds; run++)
        {
            start = Stopwatch.GetTimestamp();
            for (int repeat = 0; repeat < repeats; repeat++)
                action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / repeats);
        }

        return best;
    }
}

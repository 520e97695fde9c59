using System.Diagnostics;

namespace TinT.Benchmarks;

/// <summary>Best-of timings.</summary>
internal static class Stopwatches
{
    /// <summary>The shortest of several runs, in seconds; short work is repeated within a run.</summary>
    /// <param name="budgetSeconds">How long to go on measuring.</param>
    /// <param name="action">The work.</param>
    public static double Best(double budgetSeconds, Action action) => BestOfBoth(budgetSeconds, action, () => { }).First;

    /// <summary>The shortest runs of two kinds of work in alternation, in seconds: both see the same clock rates and neighbours.</summary>
    /// <param name="budgetSeconds">How long to go on measuring.</param>
    /// <param name="first">The one.</param>
    /// <param name="second">The other.</param>
    public static (double First, double Second) BestOfBoth(double budgetSeconds, Action first, Action second)
    {
        first();
        second();
        int repeats = Math.Max(1, (int)(500e-6 / Time(first, 1)));
        (double First, double Second) best = (double.PositiveInfinity, double.PositiveInfinity);
        long begin = Stopwatch.GetTimestamp();
        for (int run = 0; run < 3 || Stopwatch.GetElapsedTime(begin).TotalSeconds < budgetSeconds; run++)
            best = (Math.Min(best.First, Time(first, repeats)), Math.Min(best.Second, Time(second, 1)));
        return best;
    }

    private static double Time(Action action, int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        for (int repeat = 0; repeat < repeats; repeat++)
            action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
    }
}

using System.Diagnostics;

namespace TinT.Benchmarks.Timing;

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

    /// <summary>The shortest call of each of two kinds of work whose threads would disturb the other's, and the median over turns of the ratio of their median calls.</summary>
    /// <param name="turns">How often both get a turn of many calls.</param>
    /// <param name="quietMilliseconds">A wait before each turn, until the other side's threads have stopped polling for work: on two processors a
    /// polling thread leaves the two of the other side one.</param>
    /// <param name="first">The one.</param>
    /// <param name="second">The other.</param>
    public static (double First, double Second, double Ratio) InTurns(int turns, int quietMilliseconds, Action first, Action second)
    {
        (double First, double Second) best = (double.PositiveInfinity, double.PositiveInfinity);
        double[] ratios = new double[turns];
        for (int turn = 0; turn < turns; turn++)
        {
            (double firstBest, double firstMedian) = Turn(first);
            (double secondBest, double secondMedian) = Turn(second);
            best = (Math.Min(best.First, firstBest), Math.Min(best.Second, secondBest));
            ratios[turn] = firstMedian / secondMedian;
        }

        Array.Sort(ratios);
        return (best.First, best.Second, ratios[turns / 2]);

        (double Best, double Median) Turn(Action action)
        {
            Thread.Sleep(quietMilliseconds);
            long begin = Stopwatch.GetTimestamp();
            do
                action();
            while (Stopwatch.GetElapsedTime(begin).TotalMilliseconds < 5);

            List<double> calls = [];
            begin = Stopwatch.GetTimestamp();
            while (calls.Count < 3 || Stopwatch.GetElapsedTime(begin).TotalMilliseconds < 40)
                calls.Add(Time(action, 1));
            calls.Sort();
            return (calls[0], calls[calls.Count / 2]);
        }
    }

    private static double Time(Action action, int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        for (int repeat = 0; repeat < repeats; repeat++)
            action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
    }
}

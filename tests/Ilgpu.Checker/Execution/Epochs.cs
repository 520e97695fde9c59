namespace Ilgpu.Checker.Execution;

/// <summary>Numbers stretches between barriers, over all launches of the process.</summary>
internal static class Epochs
{
    private static int last = ElementHistory.Host;

    /// <summary>The next number.</summary>
    public static int Next()
    {
        int next = Interlocked.Increment(ref last);
        return next > 0
            ? next
            : throw new InvalidOperationException("This process has run more stretches between barriers than are numbered; start a new one.");
    }
}

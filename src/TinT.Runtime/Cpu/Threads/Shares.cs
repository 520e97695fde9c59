namespace TinT.Runtime.Cpu.Threads;

/// <summary>How many rows a worker takes at a time.</summary>
internal static class Shares
{
    /// <summary>Half of what each worker would get of the rows that are left, within bounds.</summary>
    /// <param name="left">Rows not yet handed out.</param>
    /// <param name="grain">Fewest to hand out.</param>
    /// <param name="most">Most to hand out.</param>
    /// <param name="workers">Workers.</param>
    public static int Next(int left, int grain, int most, int workers) => Math.Clamp(left / (2 * workers), grain, most);
}

using TinT.Accounting.Compiled;

namespace TinT.Cli.Jobs;

/// <summary>How long the calls of one kernel took in a run.</summary>
/// <param name="Cost">What they cost.</param>
/// <param name="Calls">Calls, fewer than counted where sequences of a batch share one.</param>
/// <param name="Seconds">Seconds of all of them.</param>
internal sealed record KernelTime(KernelCost Cost, long Calls, double Seconds);

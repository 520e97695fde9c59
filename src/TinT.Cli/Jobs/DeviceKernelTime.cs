using TinT.Accounting;
using TinT.Model.Runs;

namespace TinT.Cli.Jobs;

/// <summary>How long the launches of a kernel took on a device, with what is fused to it.</summary>
/// <param name="Routine">Routine it belongs to.</param>
/// <param name="Name">Its name in the plan, and that of the kernel that is fused to it.</param>
/// <param name="Calls">Calls.</param>
/// <param name="Seconds">Seconds of all of them.</param>
/// <param name="Cost">What they cost.</param>
internal sealed record DeviceKernelTime(RoutineKind Routine, string Name, long Calls, double Seconds, OperationCost Cost);

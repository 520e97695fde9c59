using TinT.Compiler.Lowering;
using TinT.Model.Runs;

namespace TinT.Accounting.Compiled;

/// <summary>What one kernel of a program costs in a run.</summary>
/// <param name="Routine">Routine it belongs to.</param>
/// <param name="Kernel">The kernel.</param>
/// <param name="Head">For the head: what its passes are for; there is one entry for each.</param>
/// <param name="Calls">How often the run calls it, all sequences together.</param>
/// <param name="PerCall">Cost of one call, on weights as they are stored.</param>
public sealed record KernelCost(RoutineKind Routine, Kernel Kernel, HeadPass? Head, long Calls, OperationCost PerCall)
{
    /// <summary>Those of the calls that read an updated copy of weights, which is in single precision however the weights are stored.</summary>
    public long CallsOnCopies { get; init; }

    /// <summary>Bytes that such a call reads more than <see cref="PerCall"/> says.</summary>
    public long BytesMoreOnCopies { get; init; }

    /// <summary>Cost of all calls.</summary>
    public OperationCost Total => (PerCall * Calls) + new OperationCost(0, 0, CallsOnCopies * BytesMoreOnCopies, 0, 0, 0);
}

namespace TinT.Compiler.Lowering;

/// <summary>Kernels run one after another.</summary>
/// <param name="Kind">Which routine it is.</param>
/// <param name="Kernels">Its kernels, in order.</param>
public sealed record Routine(RoutineKind Kind, EquatableArray<Kernel> Kernels);

using TinT.Compiler.Specs;

namespace TinT.Compiler.Lowering;

/// <summary>The kernels of one spec. What is target-specific is decided after this, by the writers.</summary>
/// <param name="Spec">The spec.</param>
/// <param name="Routines">One routine of each <see cref="RoutineKind"/>, in its order.</param>
public sealed record KernelProgram(ModelSpec Spec, EquatableArray<Routine> Routines)
{
    /// <summary>Kernels of one routine.</summary>
    public EquatableArray<Kernel> this[RoutineKind kind] => Routines[(int)kind].Kernels;

    /// <summary>All kernels, routine by routine.</summary>
    public IEnumerable<Kernel> Kernels => Routines.SelectMany(r => r.Kernels);

    /// <summary>The program with the kernels of every routine rewritten.</summary>
    public KernelProgram MapRoutines(Func<Routine, IEnumerable<Kernel>> map) => this with
    {
        Routines = Routines.Select(r => r with { Kernels = map(r).ToEquatableArray() }).ToEquatableArray(),
    };

    /// <summary>The program with every kernel rewritten.</summary>
    public KernelProgram MapKernels(Func<Kernel, Kernel> map) => MapRoutines(r => r.Kernels.Select(map));
}

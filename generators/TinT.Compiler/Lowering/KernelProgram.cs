using TinT.Compiler.Specs;
using TinT.Model.Runs;

namespace TinT.Compiler.Lowering;

/// <summary>The kernels of one spec. What is target-specific is decided after this, by the writers.</summary>
/// <param name="Spec">The spec.</param>
/// <param name="Routines">One routine of each <see cref="RoutineKind"/>, in its order.</param>
public sealed record KernelProgram(ModelSpec Spec, EquatableArray<Routine> Routines)
{
    /// <summary>Runs with at most this many tokens a sequence use the dual form, longer ones the primal: 0 for none, the context length for all.</summary>
    public int DualTokens { get; init; }

    /// <summary>The same on large GPUs; elsewhere than in programs for GPUs no other number.</summary>
    public int LargeGpuDualTokens { get; init; }

    /// <summary>Whether some runs use the dual form.</summary>
    public bool HasDual => Math.Max(DualTokens, LargeGpuDualTokens) > 0;

    /// <summary>Whether some runs use the primal form.</summary>
    public bool HasPrimal => Math.Min(DualTokens, LargeGpuDualTokens) < Spec.Auxiliary.MaxPositionEmbeddings;

    /// <summary>The form of a run.</summary>
    /// <param name="tokens">Tokens in each sequence.</param>
    public UpdateForm FormOf(int tokens) => tokens <= DualTokens ? UpdateForm.Dual : UpdateForm.Primal;

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

using System.ComponentModel;

namespace TinT.Runtime.Cpu.Threads;

/// <summary>Working memory that <see cref="Workers"/> need for an operation, in floats. It grows to the largest that is asked for and stays.</summary>
/// <param name="Shared">What all workers see.</param>
/// <param name="PerWorker">What each worker has of its own, at most.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ScratchSize(long Shared, long PerWorker)
{
    /// <summary>Enough for either of two operations, one after another.</summary>
    /// <param name="other">The other.</param>
    public ScratchSize Or(ScratchSize other) => new(Math.Max(Shared, other.Shared), Math.Max(PerWorker, other.PerWorker));

    /// <summary>Floats of all workers together.</summary>
    /// <param name="workers">Workers.</param>
    public long Total(int workers) => Shared + (workers * PerWorker);
}

namespace TinT.Runtime.Execution;

/// <summary>Memory of a simulator, in bytes: native memory on the CPU, device memory on a GPU, where batches and their results come on top while they run.</summary>
/// <param name="Weights">Weights as loaded, in the storage that was asked for.</param>
/// <param name="Updated">Copies of the weights that inner steps update.</param>
/// <param name="Arena">Activations and the head's block of logits, for the longest sequence so far.</param>
/// <param name="Mask">ICL mask, if a batch had one; on a GPU it is part of the batch.</param>
/// <param name="Scratch">What the CPU's workers packed operands in.</param>
public sealed record MemoryUse(long Weights, long Updated, long Arena, long Mask, long Scratch)
{
    /// <summary>All of it.</summary>
    public long Total => Weights + Updated + Arena + Mask + Scratch;

    /// <summary>Part by part, with another's.</summary>
    internal MemoryUse Plus(MemoryUse other) =>
        new(Weights + other.Weights, Updated + other.Updated, Arena + other.Arena, Mask + other.Mask, Scratch + other.Scratch);
}

namespace TinT.Runtime.Execution;

/// <summary>Native memory of a CPU simulator, in bytes.</summary>
/// <param name="Weights">Weights as loaded.</param>
/// <param name="Updated">Copies of the weights that inner steps update.</param>
/// <param name="Arena">Activations and the head's block of logits, for the longest sequence so far.</param>
/// <param name="Mask">ICL mask, if a batch had one.</param>
/// <param name="Scratch">What the workers packed operands in.</param>
public sealed record MemoryUse(long Weights, long Updated, long Arena, long Mask, long Scratch)
{
    /// <summary>All of it.</summary>
    public long Total => Weights + Updated + Arena + Mask + Scratch;
}

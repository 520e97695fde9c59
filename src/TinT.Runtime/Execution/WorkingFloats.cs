using System.ComponentModel;

namespace TinT.Runtime.Execution;

/// <summary>Floats that sequences which run together need beside the weights, without the operands that kernels pack.</summary>
/// <param name="PerToken">For each token: the buffers of the arena.</param>
/// <param name="PerSequence">For each sequence: updated copies of its own.</param>
/// <param name="Once">For all of them: the head's block of logits and, in the primal form of the update, the copies of the weights.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WorkingFloats(long PerToken, long PerSequence, long Once)
{
    /// <summary>The bytes of some sequences.</summary>
    /// <param name="sequences">Sequences that run together.</param>
    /// <param name="tokens">Tokens of each.</param>
    public long Bytes(int sequences, int tokens) =>
        sizeof(float) * (Once + (PerSequence * sequences) + (PerToken * ArenaPlan.RoundUp(sequences * tokens)));
}

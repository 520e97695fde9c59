using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;

namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>Which keys a query sees: those up to its own place that the ICL mask allows.</summary>
/// <param name="mask">ICL mask, [T, T], 0 where attention is forbidden; not read if there is none.</param>
/// <param name="masked">Whether there is an ICL mask: 1 or 0.</param>
/// <param name="tokens">Tokens T.</param>
public readonly struct Visibility(ArrayView1D<float, Stride1D.Dense> mask, int masked, int tokens)
{
    private readonly ArrayView1D<float, Stride1D.Dense> mask = mask;
    private readonly int masked = masked, tokens = tokens;

    /// <summary>Whether a query sees a key.</summary>
    /// <param name="query">The query.</param>
    /// <param name="key">The key.</param>
    /// <param name="end">End of the queries.</param>
    internal bool Sees(int query, int key, int end)
    {
        if (query >= end || key > query)
            return false;
        return masked == 0 || mask[(query * tokens) + key] != 0f;
    }
}

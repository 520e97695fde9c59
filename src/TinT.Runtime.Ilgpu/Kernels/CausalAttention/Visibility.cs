using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;
using TinT.Runtime.Ilgpu.Kernels.Groups;

namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>Which keys a query sees: those up to its own place, or only the last of them, that the ICL mask allows.</summary>
public readonly struct Visibility
{
    private readonly ArrayView1D<float, Stride1D.Dense> mask;
    private readonly int masked, tokens, window;
    private readonly bool windowed;

    /// <summary>All keys up to a query's own place that the mask allows.</summary>
    /// <param name="mask">ICL mask, [T, T], 0 where attention is forbidden; not read if there is none.</param>
    /// <param name="masked">Whether there is an ICL mask: 1 or 0.</param>
    /// <param name="tokens">Tokens T.</param>
    public Visibility(ArrayView1D<float, Stride1D.Dense> mask, int masked, int tokens)
        : this(mask, masked, tokens, window: 0, windowed: false)
    {
    }

    /// <summary>The last keys up to a query's own place that the mask allows.</summary>
    /// <param name="mask">ICL mask, [T, T], 0 where attention is forbidden; not read if there is none.</param>
    /// <param name="masked">Whether there is an ICL mask: 1 or 0.</param>
    /// <param name="tokens">Tokens T.</param>
    /// <param name="window">Keys that a query sees, its own included, 1 to T.</param>
    public Visibility(ArrayView1D<float, Stride1D.Dense> mask, int masked, int tokens, int window)
        : this(mask, masked, tokens, window, windowed: true)
    {
    }

    private Visibility(ArrayView1D<float, Stride1D.Dense> mask, int masked, int tokens, int window, bool windowed) =>
        (this.mask, this.masked, this.tokens, this.window, this.windowed) = (mask, masked, tokens, window, windowed);

    /// <summary>Whether a query sees a key.</summary>
    /// <param name="query">The query.</param>
    /// <param name="key">The key.</param>
    /// <param name="end">End of the queries.</param>
    internal bool Sees(int query, int key, int end)
    {
        if (query >= end || key > query)
            return false;
        if (windowed && key <= query - window)
            return false;
        return masked == 0 || mask[(query * tokens) + key] != 0f;
    }

    /// <summary>The first key of the first tile that queries of a tile see something of.</summary>
    /// <param name="firstQuery">Their first.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    internal int FirstKey<TGroup>(int firstQuery)
        where TGroup : struct, IGroup =>
        windowed ? XMath.Max(0, firstQuery - window + 1) & ~(AttentionTile<TGroup>.Size - 1) : 0;

    /// <summary>End of the queries that see something of a tile of keys.</summary>
    /// <param name="firstKey">The first key.</param>
    /// <param name="end">End of all queries.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    internal int QueriesEnd<TGroup>(int firstKey, int end)
        where TGroup : struct, IGroup =>
        windowed ? XMath.Min(end, firstKey + AttentionTile<TGroup>.Size - 1 + window) : end;
}

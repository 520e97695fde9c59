using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Tiles;
using TinT.Runtime.Formulas;

namespace TinT.Runtime.Cpu.Attention;

/// <summary>One row of a block of scores, which lies in pieces of <see cref="TileShape.Depth"/> keys.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <param name="block">The block.</param>
/// <param name="layout">Its layout; the depth is the number of keys.</param>
/// <param name="row">The row.</param>
/// <param name="visible">Keys the query sees; the others of the block become 0.</param>
internal readonly unsafe struct AttentionRow<TLanes>(float* block, PackedLeft layout, int row, int visible)
    where TLanes : struct, ILanes<TLanes>
{
    private readonly float* first = block + ((nint)row * TileShape.DepthStride);

    /// <summary>Adds slope · (position of the key − position of the query) to each score.</summary>
    /// <param name="slope">Of the head, over the factor of the scores.</param>
    /// <param name="positions">Of all tokens; empty if token t is at position t.</param>
    public void AddDistances(float slope, ReadOnlySpan<int> positions)
    {
        int query = positions.IsEmpty ? visible - 1 : positions[visible - 1];
        for (int piece = 0; piece < layout.DepthBlocks; piece++)
        {
            int seen = Seen(piece);
            int start = piece * TileShape.Depth;
            float* scores = first + layout.Offset(piece);
            if (positions.IsEmpty)
            {
                TLanes factor = TLanes.Broadcast(slope);
                int key = 0;
                for (; key <= seen - TLanes.Count; key += TLanes.Count)
                    TLanes.Store(TLanes.MultiplyAdd(factor, TLanes.Indices + TLanes.Broadcast(start + key - query), TLanes.Load(scores + key)), scores + key);
                for (; key < seen; key++)
                    scores[key] = MathF.FusedMultiplyAdd(slope, start + key - query, scores[key]);
            }
            else
            {
                for (int key = 0; key < seen; key++)
                    scores[key] = MathF.FusedMultiplyAdd(slope, positions[start + key] - query, scores[key]);
            }
        }
    }

    /// <summary>Replaces each score s by (c / scale) tanh(scale · s / c).</summary>
    /// <param name="scale">Factor of the scores.</param>
    /// <param name="cap">c.</param>
    /// <param name="slopes">A block laid out as this one, which receives 1 − tanh²; null if it is not wanted.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Cap(float scale, float cap, float* slopes)
    {
        TLanes factor = TLanes.Broadcast(scale / cap);
        TLanes bound = TLanes.Broadcast(cap / scale);
        TLanes one = TLanes.Broadcast(1f);
        for (int piece = 0; piece < layout.DepthBlocks; piece++)
        {
            int seen = Seen(piece);
            nint offset = layout.Offset(piece);
            for (int key = 0; key < seen; key += TLanes.Count)
            {
                TLanes tangent = SoftCap.Tanh(factor * TLanes.Load(first + offset + key));
                TLanes.Store(bound * tangent, first + offset + key);
                if (slopes is not null)
                    TLanes.Store((one - tangent) * (one + tangent), slopes + (first - block) + offset + key);
            }
        }
    }

    /// <summary>Multiplies the row by that of a block laid out as this one.</summary>
    /// <param name="factors">The block.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(float* factors)
    {
        float* row = factors + (first - block);
        for (int piece = 0; piece < layout.DepthBlocks; piece++)
        {
            int seen = Seen(piece);
            nint offset = layout.Offset(piece);
            for (int key = 0; key < seen; key += TLanes.Count)
                TLanes.Store(TLanes.Load(first + offset + key) * TLanes.Load(row + offset + key), first + offset + key);
        }
    }

    /// <summary>Sets the scores of the first keys to −∞.</summary>
    /// <param name="count">How many; may be negative for none.</param>
    public void ForbidFirst(int count)
    {
        for (int piece = 0; piece * TileShape.Depth < count; piece++)
            new Span<float>(first + layout.Offset(piece), Math.Min(count - (piece * TileShape.Depth), TileShape.Depth)).Fill(float.NegativeInfinity);
    }

    /// <summary>Replaces each score s by exp(scale · (s − largest)).</summary>
    /// <param name="allowed">Mask of the row; null for none.</param>
    /// <param name="scale">Positive factor of the scores.</param>
    /// <returns>1 / the sum of the row; 0 if no key is seen, then the row is 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float Exponentiate(float* allowed, float scale)
    {
        TLanes least = TLanes.Broadcast(float.NegativeInfinity);
        TLanes largests = least;
        for (int piece = 0; piece < layout.DepthBlocks; piece++)
        {
            int seen = Seen(piece);
            float* scores = first + layout.Offset(piece);
            if (allowed is not null)
                Forbid(scores, allowed + (piece * TileShape.Depth), seen);

            int key = 0;
            for (; key <= seen - TLanes.Count; key += TLanes.Count)
                largests = TLanes.Max(largests, TLanes.Load(scores + key));
            if (key < seen)
                largests = TLanes.Max(largests, TLanes.SelectLess(TLanes.Indices, TLanes.Broadcast(seen - key), TLanes.Load(scores + key), least));
        }

        float largest = TLanes.Largest(largests);
        if (float.IsNegativeInfinity(largest))
        {
            Clear();
            return 0;
        }

        TLanes factor = TLanes.Broadcast(scale);
        TLanes shift = TLanes.Broadcast(-scale * largest);
        TLanes sums = TLanes.Zero;
        for (int piece = 0; piece < layout.DepthBlocks; piece++)
        {
            int seen = Seen(piece);
            float* scores = first + layout.Offset(piece);
            int key = 0;
            for (; key <= seen - TLanes.Count; key += TLanes.Count)
            {
                TLanes value = ElementaryFunctions.Exp(TLanes.MultiplyAdd(factor, TLanes.Load(scores + key), shift));
                sums += value;
                TLanes.Store(value, scores + key);
            }

            if (key < seen)
            {
                TLanes value = ElementaryFunctions.Exp(TLanes.MultiplyAdd(factor, TLanes.Load(scores + key), shift));
                value = TLanes.SelectLess(TLanes.Indices, TLanes.Broadcast(seen - key), value, TLanes.Zero);
                sums += value;
                TLanes.Store(value, scores + key);
                seen = key + TLanes.Count;
            }

            for (key = seen; key < layout.DepthOf(piece); key += TLanes.Count)
                TLanes.Store(TLanes.Zero, scores + key);
        }

        return 1f / TLanes.Sum(sums);
    }

    /// <summary>Multiplies the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(float factor)
    {
        TLanes factors = TLanes.Broadcast(factor);
        for (int piece = 0; piece < layout.DepthBlocks; piece++)
        {
            float* weights = first + layout.Offset(piece);
            int seen = Seen(piece);
            for (int key = 0; key < seen; key += TLanes.Count)
                TLanes.Store(TLanes.Load(weights + key) * factors, weights + key);
        }
    }

    /// <summary>From weights A and their gradients dA to the gradients of the scores before scaling: scale · A ∘ (dA − Σ A dA).</summary>
    /// <param name="gradients">The block of gradients, laid out as this one.</param>
    /// <param name="scale">Factor of the scores.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ThroughSoftmax(float* gradients, float scale)
    {
        float sum = 0;
        float* slopes = gradients + (first - block);
        for (int piece = 0; piece < layout.DepthBlocks; piece++)
        {
            TLanes sums = TLanes.Zero;
            int seen = Seen(piece);
            nint offset = layout.Offset(piece);
            for (int key = 0; key < seen; key += TLanes.Count)
                sums = TLanes.MultiplyAdd(TLanes.Load(first + offset + key), TLanes.Load(slopes + offset + key), sums);
            sum += TLanes.Sum(sums);
        }

        TLanes mean = TLanes.Broadcast(sum);
        TLanes factor = TLanes.Broadcast(scale);
        for (int piece = 0; piece < layout.DepthBlocks; piece++)
        {
            int seen = Seen(piece);
            nint offset = layout.Offset(piece);
            for (int key = 0; key < seen; key += TLanes.Count)
                TLanes.Store(factor * TLanes.Load(first + offset + key) * (TLanes.Load(slopes + offset + key) - mean), first + offset + key);
        }
    }

    /// <summary>Sets forbidden scores to −∞.</summary>
    private static void Forbid(float* scores, float* allowed, int seen)
    {
        for (int key = 0; key < seen; key++)
        {
            if (allowed[key] == 0)
                scores[key] = float.NegativeInfinity;
        }
    }

    /// <summary>Keys of a piece the query sees.</summary>
    private int Seen(int piece) => Math.Clamp(visible - (piece * TileShape.Depth), 0, TileShape.Depth);

    /// <summary>Sets the row to 0, the rest of the last vector included.</summary>
    private void Clear()
    {
        for (int piece = 0; piece < layout.DepthBlocks; piece++)
        {
            int end = (layout.DepthOf(piece) + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
            new Span<float>(first + layout.Offset(piece), end).Clear();
        }
    }
}

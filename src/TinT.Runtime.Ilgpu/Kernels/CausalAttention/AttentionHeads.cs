using ILGPU;

namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>Heads of attention: which of them share keys and values, and what their scores are made of.</summary>
/// <param name="count">Heads.</param>
/// <param name="size">Columns of a head.</param>
/// <param name="scale">Factor of ⟨q, k⟩ in scores.</param>
/// <param name="groupSize">Heads that read the same keys and values.</param>
/// <param name="alibi">What distances add to scores, if anything.</param>
/// <param name="cap">What bounds scores, if anything.</param>
public readonly struct AttentionHeads(int count, int size, float scale, int groupSize = 1, Alibi alibi = default, ScoreCap cap = default)
{
    private readonly int count = count, size = size;
    private readonly float scale = scale;
    private readonly ScoreCap cap = cap;
    private readonly Alibi alibi = alibi;

    /// <summary>Heads that read the same keys and values.</summary>
    internal readonly int GroupSize = groupSize;

    /// <summary>The head of a group of threads that computes something of queries.</summary>
    internal Head OfQueries
    {
        get
        {
            int own = Grid.IdxX % count;
            return new Head(own, GroupSize == 1 ? 0 : ((own / GroupSize) - own) * size, size, Grid.IdxX / count);
        }
    }

    /// <summary>The first of the heads of a group of threads that computes something of keys or values.</summary>
    internal Head OfKeys
    {
        get
        {
            int keyCount = count / GroupSize;
            int own = Grid.IdxX % keyCount;
            return new Head(own * GroupSize, GroupSize == 1 ? 0 : (1 - GroupSize) * own * size, size, Grid.IdxX / keyCount);
        }
    }

    /// <summary>What scores of a head are made of.</summary>
    /// <param name="head">The head.</param>
    internal Score ScoreOf(Head head) => new(scale, cap, alibi.Applies ? alibi.Slopes[head.Index] : 0f, alibi);
}

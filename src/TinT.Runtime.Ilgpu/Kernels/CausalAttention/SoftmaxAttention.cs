using ILGPU;
using TinT.Runtime.Ilgpu.Kernels.Finishes;
using TinT.Runtime.Ilgpu.Kernels.Groups;
using TinT.Runtime.Ilgpu.Kernels.Registers;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>
/// c = A v, A = softmax over the keys that a query sees of their scores: one group for each tile of queries and head, with a running softmax over tiles of
/// keys, and no T × T matrix in global memory. Body of a grouped kernel.
/// </summary>
public static class SoftmaxAttention
{
    /// <summary>Attention of all tokens.</summary>
    /// <param name="query">[T, columns of all heads].</param>
    /// <param name="key">[T, columns of all heads of keys].</param>
    /// <param name="value">[T, columns of all heads of keys].</param>
    /// <param name="context">c, [T, columns of all heads].</param>
    /// <param name="heads">Heads.</param>
    /// <param name="visibility">Which keys queries see.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void Forward<TGroup>(Matrix query, Matrix key, Matrix value, Matrix context, AttentionHeads heads, Visibility visibility)
        where TGroup : struct, IGroup
    {
        int size = AttentionTile<TGroup>.Size;
        int tokens = query.Rows.Length;
        TileMemory memory = TileMemory.Allocate<TGroup>();
        RunningSoftmax softmax = RunningSoftmax.Begin<TGroup>(memory);
        Head head = heads.OfQueries;
        Score score = heads.ScoreOf(head);

        // The last queries, which see the most keys, come first.
        int firstQuery = (((tokens - 1) / size) - Grid.IdxY) * size;
        SumBlock sums = default;
        for (int firstKey = visibility.FirstKey<TGroup>(firstQuery); firstKey < tokens && firstKey < firstQuery + size; firstKey += size)
        {
            SumBlock scores = TileSums.Scores<TGroup>(memory, query, firstQuery, key, firstKey, head.Terms<TGroup>(), head.KeyShift);
            scores.Finish<AttentionTile<TGroup>, MaskedScore>(
                new MaskedScore(memory.Weights, AttentionTile<TGroup>.Pitch, score, visibility, firstQuery, firstKey, tokens), memory.ThreadY, memory.ThreadX);
            RunningSoftmax.Add<TGroup>(softmax, memory.Thread);
            sums.Scale<AttentionTile<TGroup>>(softmax.Rescale, memory.ThreadY);
            sums = TileSums.AddWeighted<TGroup>(
                sums, memory, memory.Weights, value.UpToColumn(head.KeyEnd), head.FirstKeyColumn<TGroup>(), firstKey, tokens, termsAlongRows: true);
        }

        sums.Finish<AttentionTile<TGroup>, Context>(
            new Context(context.UpToColumn(head.End), softmax.Total, firstQuery, head.FirstColumn<TGroup>()), memory.ThreadY, memory.ThreadX);
    }

    /// <summary>Sums of the tile, divided by those of the rows' weights.</summary>
    private readonly struct Context(Matrix context, ArrayView<float> total, int firstQuery, int firstColumn) : IFinish
    {
        private readonly Matrix context = context;
        private readonly ArrayView<float> total = total;
        private readonly int firstQuery = firstQuery, firstColumn = firstColumn;

        /// <inheritdoc/>
        public void Store(int row, int column, float sum)
        {
            float value = sum / total[row];
            if (context.Has(firstQuery + row, firstColumn + column))
                context.Values[context.At(firstQuery + row, firstColumn + column)] = value;
        }
    }
}

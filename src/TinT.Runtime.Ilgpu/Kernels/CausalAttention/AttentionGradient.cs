using ILGPU;
using ILGPU.Runtime;
using TinT.Runtime.Ilgpu.Kernels.Finishes;
using TinT.Runtime.Ilgpu.Kernels.Groups;
using TinT.Runtime.Ilgpu.Kernels.Registers;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>
/// The transpose of attention: a first kernel finds each row's largest score and sum again; the others recompute weights from them, tile by tile, and
/// apply them to the gradient. Bodies of grouped kernels. Rows that are not trained have no gradient at keys and values.
/// </summary>
/// <remarks>Of the operands, query, key and value have a row for each token, gradients one for each row of the training part.</remarks>
public static class AttentionGradient
{
    private const int StatisticsOfValues = 2, StatisticsOfExact = 3;

    /// <summary>The largest score and 1 / Σ exp(score − largest) of each row.</summary>
    /// <param name="query">q.</param>
    /// <param name="key">k.</param>
    /// <param name="statistics">[heads, R, 2].</param>
    /// <param name="heads">Heads.</param>
    /// <param name="visibility">Which keys queries see.</param>
    /// <param name="firstRow">First row of the training part.</param>
    /// <param name="rows">Its rows R.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void Statistics<TGroup>(
        Matrix query, Matrix key, ArrayView1D<float, Stride1D.Dense> statistics, AttentionHeads heads, Visibility visibility, int firstRow, int rows)
        where TGroup : struct, IGroup
    {
        TileMemory memory = TileMemory.Allocate<TGroup>();
        RunningSoftmax softmax = RunningSoftmax.Begin<TGroup>(memory);
        Head head = heads.OfQueries;
        WriteStatistics<TGroup>(memory, softmax, query, key, statistics, head, heads.ScoreOf(head), visibility, firstRow, rows, StatisticsOfValues);
    }

    /// <summary>The largest score, 1 / Σ exp(score − largest) and Σ_j A ∘ ∂A of each row.</summary>
    /// <param name="query">q.</param>
    /// <param name="key">k.</param>
    /// <param name="value">v.</param>
    /// <param name="gradient">∂c.</param>
    /// <param name="statistics">[heads, R, 3].</param>
    /// <param name="heads">Heads.</param>
    /// <param name="visibility">Which keys queries see.</param>
    /// <param name="firstRow">First row of the training part.</param>
    /// <param name="rows">Its rows R.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void ExactStatistics<TGroup>(
        Matrix query,
        Matrix key,
        Matrix value,
        Matrix gradient,
        ArrayView1D<float, Stride1D.Dense> statistics,
        AttentionHeads heads,
        Visibility visibility,
        int firstRow,
        int rows)
        where TGroup : struct, IGroup
    {
        int size = AttentionTile<TGroup>.Size;
        int pitch = AttentionTile<TGroup>.Pitch;
        TileMemory memory = TileMemory.Allocate<TGroup>();
        RunningSoftmax softmax = RunningSoftmax.Begin<TGroup>(memory);
        Head head = heads.OfQueries;
        Score score = heads.ScoreOf(head);
        WriteStatistics<TGroup>(memory, softmax, query, key, statistics, head, score, visibility, firstRow, rows, StatisticsOfExact);

        Group.Barrier();
        int row = RunningSoftmax.Row<TGroup>(memory.Thread);
        bool first = RunningSoftmax.Lane<TGroup>(memory.Thread) == 0;
        if (first)
            softmax.Total[row] = 1f / softmax.Total[row];
        int lastRow = firstRow + rows;
        int firstQuery = FirstQuery<TGroup>(firstRow, rows);
        RowSums sums = default;
        for (int firstKey = visibility.FirstKey<TGroup>(firstQuery); firstKey < lastRow && firstKey < firstQuery + size; firstKey += size)
        {
            SumBlock scores = TileSums.Scores<TGroup>(
                memory, query.UpToRow(lastRow), firstQuery, key.UpToRow(lastRow), firstKey, head.Terms<TGroup>(), head.KeyShift);
            SumBlock slopes = TileSums.Scores<TGroup>(
                memory, gradient, firstQuery - firstRow, value.UpToRow(lastRow), firstKey, head.Terms<TGroup>(), head.KeyShift);
            var weight = new Weight(visibility, score, firstQuery, firstKey, lastRow, softmax.Largest, softmax.Total);
            sums = scores.AddPairs<AttentionTile<TGroup>, WeightedSlope>(sums, slopes, new WeightedSlope(weight), memory.ThreadY, memory.ThreadX);
        }

        Group.Barrier();
        sums.Write<AttentionTile<TGroup>>(memory.Weights, (memory.ThreadY * pitch) + memory.ThreadX, TGroup.ThreadRows * pitch);
        Group.Barrier();
        if (first && firstQuery + row < lastRow)
        {
            float slopeSum = 0f;
            for (int part = 0; part < TGroup.ThreadColumns; part++)
                slopeSum += memory.Weights[(row * pitch) + part];
            statistics[((((head.Index * rows) + firstQuery - firstRow + row) * StatisticsOfExact)) + 2] = slopeSum;
        }
    }

    /// <summary>∂v = Aᵀ ∂c: one group for each tile of keys and head of values, over the tiles of queries behind it of all heads that read these.</summary>
    /// <param name="query">q.</param>
    /// <param name="key">k.</param>
    /// <param name="gradient">∂c.</param>
    /// <param name="statistics">Of each row.</param>
    /// <param name="statisticsPerRow">Floats of each row.</param>
    /// <param name="trained">1 where a row is trained, else 0.</param>
    /// <param name="valueGradient">∂v.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="visibility">Which keys queries see.</param>
    /// <param name="firstRow">First row of the training part.</param>
    /// <param name="rows">Its rows R.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void ToValues<TGroup>(
        Matrix query,
        Matrix key,
        Matrix gradient,
        ArrayView1D<float, Stride1D.Dense> statistics,
        int statisticsPerRow,
        ArrayView1D<float, Stride1D.Dense> trained,
        Matrix valueGradient,
        AttentionHeads heads,
        Visibility visibility,
        int firstRow,
        int rows)
        where TGroup : struct, IGroup
    {
        int size = AttentionTile<TGroup>.Size;
        TileMemory memory = TileMemory.Allocate<TGroup>();
        ArrayView<float> largest = SharedMemory.Allocate<float>(size);
        ArrayView<float> total = SharedMemory.Allocate<float>(size);
        Head first = heads.OfKeys;
        int firstKey = firstRow + (Grid.IdxY * size);
        SumBlock sums = default;
        if (heads.GroupSize == 1)
        {
            // Without a loop around the loop over queries, which ILGPU would leave.
            Score score = heads.ScoreOf(first);
            sums = AddToValues<TGroup>(
                sums, memory, query, key, gradient, statistics, statisticsPerRow, first, score, visibility, firstKey, firstRow, rows, largest, total);
        }
        else
        {
            for (int next = 0; next < heads.GroupSize; next++)
            {
                Head head = first.Next(next);
                Score score = heads.ScoreOf(head);
                sums = AddToValues<TGroup>(
                    sums, memory, query, key, gradient, statistics, statisticsPerRow, head, score, visibility, firstKey, firstRow, rows, largest, total);
            }
        }

        sums.Finish<AttentionTile<TGroup>, TrainedResult>(
            new TrainedResult(valueGradient.UpToColumn(first.KeyEnd), trained), firstKey - firstRow + memory.ThreadY, first.FirstKeyColumn<TGroup>() + memory.ThreadX);
    }

    /// <summary>∂q = ∂S k scale, ∂S = A ∘ (∂A − Σ_j A ∘ ∂A), ∂A = ∂c vᵀ: one group for each tile of queries and head, over the tiles of keys before it.</summary>
    /// <param name="query">q.</param>
    /// <param name="key">k.</param>
    /// <param name="value">v.</param>
    /// <param name="gradient">∂c.</param>
    /// <param name="statistics">Of each row.</param>
    /// <param name="queryGradient">∂q.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="visibility">Which keys queries see.</param>
    /// <param name="firstRow">First row of the training part.</param>
    /// <param name="rows">Its rows R.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void ToQueries<TGroup>(
        Matrix query,
        Matrix key,
        Matrix value,
        Matrix gradient,
        ArrayView1D<float, Stride1D.Dense> statistics,
        Matrix queryGradient,
        AttentionHeads heads,
        Visibility visibility,
        int firstRow,
        int rows)
        where TGroup : struct, IGroup
    {
        int size = AttentionTile<TGroup>.Size;
        TileMemory memory = TileMemory.Allocate<TGroup>();
        ArrayView<float> largest = SharedMemory.Allocate<float>(size);
        ArrayView<float> total = SharedMemory.Allocate<float>(size);
        ArrayView<float> slopeSums = SharedMemory.Allocate<float>(size);
        Head head = heads.OfQueries;
        Score score = heads.ScoreOf(head);
        int lastRow = firstRow + rows;
        int firstQuery = FirstQuery<TGroup>(firstRow, rows);
        if (memory.Thread < size)
            ReadExactStatistics(statistics, head.Index, firstQuery - firstRow + memory.Thread, rows, memory.Thread, largest, total, slopeSums);
        SumBlock sums = default;
        for (int firstKey = visibility.FirstKey<TGroup>(firstQuery); firstKey < lastRow && firstKey < firstQuery + size; firstKey += size)
        {
            StoreScoreGradients<TGroup>(
                memory, query, key, value, gradient, head, score, visibility, firstQuery, firstKey, firstRow, lastRow, largest, total, slopeSums);
            sums = TileSums.AddWeighted<TGroup>(
                sums, memory, memory.Weights, key.UpToColumn(head.KeyEnd), head.FirstKeyColumn<TGroup>(), firstKey, lastRow, termsAlongRows: true);
        }

        sums.Finish<AttentionTile<TGroup>, Result>(
            new Result(queryGradient.UpToColumn(head.End)), firstQuery - firstRow + memory.ThreadY, head.FirstColumn<TGroup>() + memory.ThreadX);
    }

    /// <summary>∂k = ∂Sᵀ q scale: one group for each tile of keys and head of keys, over the tiles of queries behind it of all heads that read these.</summary>
    /// <param name="query">q.</param>
    /// <param name="key">k.</param>
    /// <param name="value">v.</param>
    /// <param name="gradient">∂c.</param>
    /// <param name="statistics">Of each row.</param>
    /// <param name="trained">1 where a row is trained, else 0.</param>
    /// <param name="keyGradient">∂k.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="visibility">Which keys queries see.</param>
    /// <param name="firstRow">First row of the training part.</param>
    /// <param name="rows">Its rows R.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void ToKeys<TGroup>(
        Matrix query,
        Matrix key,
        Matrix value,
        Matrix gradient,
        ArrayView1D<float, Stride1D.Dense> statistics,
        ArrayView1D<float, Stride1D.Dense> trained,
        Matrix keyGradient,
        AttentionHeads heads,
        Visibility visibility,
        int firstRow,
        int rows)
        where TGroup : struct, IGroup
    {
        int size = AttentionTile<TGroup>.Size;
        TileMemory memory = TileMemory.Allocate<TGroup>();
        ArrayView<float> largest = SharedMemory.Allocate<float>(size);
        ArrayView<float> total = SharedMemory.Allocate<float>(size);
        ArrayView<float> slopeSums = SharedMemory.Allocate<float>(size);
        Head first = heads.OfKeys;
        int firstKey = firstRow + (Grid.IdxY * size);
        SumBlock sums = default;
        if (heads.GroupSize == 1)
        {
            Score score = heads.ScoreOf(first);
            sums = AddToKeys<TGroup>(
                sums, memory, query, key, value, gradient, statistics, first, score, visibility, firstKey, firstRow, rows, largest, total, slopeSums);
        }
        else
        {
            for (int next = 0; next < heads.GroupSize; next++)
            {
                Head head = first.Next(next);
                Score score = heads.ScoreOf(head);
                sums = AddToKeys<TGroup>(
                    sums, memory, query, key, value, gradient, statistics, head, score, visibility, firstKey, firstRow, rows, largest, total, slopeSums);
            }
        }

        sums.Finish<AttentionTile<TGroup>, TrainedResult>(
            new TrainedResult(keyGradient.UpToColumn(first.KeyEnd), trained), firstKey - firstRow + memory.ThreadY, first.FirstKeyColumn<TGroup>() + memory.ThreadX);
    }

    /// <summary>Adds what a head's queries behind the keys have of the gradient at values.</summary>
    private static SumBlock AddToValues<TGroup>(
        SumBlock sums,
        TileMemory memory,
        Matrix query,
        Matrix key,
        Matrix gradient,
        ArrayView1D<float, Stride1D.Dense> statistics,
        int statisticsPerRow,
        Head head,
        Score score,
        Visibility visibility,
        int firstKey,
        int firstRow,
        int rows,
        ArrayView<float> largest,
        ArrayView<float> total)
        where TGroup : struct, IGroup
    {
        int size = AttentionTile<TGroup>.Size;
        int lastRow = firstRow + rows;
        for (int firstQuery = firstKey; firstQuery < visibility.QueriesEnd<TGroup>(firstKey, lastRow); firstQuery += size)
        {
            if (memory.Thread < size)
                ReadStatistics(statistics, head.Index, firstQuery - firstRow + memory.Thread, rows, statisticsPerRow, memory.Thread, largest, total);
            SumBlock scores = TileSums.Scores<TGroup>(
                memory, query.UpToRow(lastRow), firstQuery, key.UpToRow(lastRow), firstKey, head.Terms<TGroup>(), head.KeyShift);
            var weight = new Weight(visibility, score, firstQuery, firstKey, lastRow, largest, total);
            scores.Finish<AttentionTile<TGroup>, StoredWeight>(
                new StoredWeight(memory.Weights, AttentionTile<TGroup>.Pitch, weight), memory.ThreadY, memory.ThreadX);
            sums = TileSums.AddWeighted<TGroup>(
                sums, memory, memory.Weights, gradient.UpToColumn(head.End), head.FirstColumn<TGroup>(), firstQuery - firstRow, rows, termsAlongRows: false);
        }

        return sums;
    }

    /// <summary>Adds what a head's queries behind the keys have of the gradient at keys.</summary>
    private static SumBlock AddToKeys<TGroup>(
        SumBlock sums,
        TileMemory memory,
        Matrix query,
        Matrix key,
        Matrix value,
        Matrix gradient,
        ArrayView1D<float, Stride1D.Dense> statistics,
        Head head,
        Score score,
        Visibility visibility,
        int firstKey,
        int firstRow,
        int rows,
        ArrayView<float> largest,
        ArrayView<float> total,
        ArrayView<float> slopeSums)
        where TGroup : struct, IGroup
    {
        int size = AttentionTile<TGroup>.Size;
        int lastRow = firstRow + rows;
        for (int firstQuery = firstKey; firstQuery < visibility.QueriesEnd<TGroup>(firstKey, lastRow); firstQuery += size)
        {
            if (memory.Thread < size)
                ReadExactStatistics(statistics, head.Index, firstQuery - firstRow + memory.Thread, rows, memory.Thread, largest, total, slopeSums);
            StoreScoreGradients<TGroup>(
                memory, query, key, value, gradient, head, score, visibility, firstQuery, firstKey, firstRow, lastRow, largest, total, slopeSums);
            sums = TileSums.AddWeighted<TGroup>(
                sums, memory, memory.Weights, query.UpToColumn(head.End), head.FirstColumn<TGroup>(), firstQuery, lastRow, termsAlongRows: false);
        }

        return sums;
    }

    /// <summary>First query of the group's tile; the last queries, which see the most keys, come first.</summary>
    private static int FirstQuery<TGroup>(int firstRow, int rows)
        where TGroup : struct, IGroup =>
        firstRow + ((((rows - 1) / AttentionTile<TGroup>.Size) - Grid.IdxY) * AttentionTile<TGroup>.Size);

    private static void WriteStatistics<TGroup>(
        TileMemory memory,
        RunningSoftmax softmax,
        Matrix query,
        Matrix key,
        ArrayView1D<float, Stride1D.Dense> statistics,
        Head head,
        Score score,
        Visibility visibility,
        int firstRow,
        int rows,
        int perRow)
        where TGroup : struct, IGroup
    {
        int size = AttentionTile<TGroup>.Size;
        int lastRow = firstRow + rows;
        int firstQuery = FirstQuery<TGroup>(firstRow, rows);
        for (int firstKey = visibility.FirstKey<TGroup>(firstQuery); firstKey < lastRow && firstKey < firstQuery + size; firstKey += size)
        {
            SumBlock scores = TileSums.Scores<TGroup>(
                memory, query.UpToRow(lastRow), firstQuery, key.UpToRow(lastRow), firstKey, head.Terms<TGroup>(), head.KeyShift);
            scores.Finish<AttentionTile<TGroup>, MaskedScore>(
                new MaskedScore(memory.Weights, AttentionTile<TGroup>.Pitch, score, visibility, firstQuery, firstKey, lastRow), memory.ThreadY, memory.ThreadX);
            RunningSoftmax.Add<TGroup>(softmax, memory.Thread);
        }

        int row = RunningSoftmax.Row<TGroup>(memory.Thread);
        if (RunningSoftmax.Lane<TGroup>(memory.Thread) == 0 && firstQuery + row < lastRow)
        {
            int place = ((head.Index * rows) + firstQuery - firstRow + row) * perRow;
            statistics[place] = softmax.Largest[row];
            statistics[place + 1] = 1f / softmax.Total[row];
        }
    }

    /// <summary>A row's statistics to shared memory, 0 for those behind the last.</summary>
    private static void ReadStatistics(
        ArrayView1D<float, Stride1D.Dense> statistics, int head, int row, int rows, int perRow, int thread, ArrayView<float> largest, ArrayView<float> total)
    {
        bool inside = row < rows;
        int place = ((head * rows) + row) * perRow;
        largest[thread] = inside ? statistics[place] : 0f;
        total[thread] = inside ? statistics[place + 1] : 0f;
    }

    private static void ReadExactStatistics(
        ArrayView1D<float, Stride1D.Dense> statistics, int head, int row, int rows, int thread, ArrayView<float> largest, ArrayView<float> total, ArrayView<float> slopeSums)
    {
        ReadStatistics(statistics, head, row, rows, StatisticsOfExact, thread, largest, total);
        slopeSums[thread] = row < rows ? statistics[(((head * rows) + row) * StatisticsOfExact) + 2] : 0f;
    }

    /// <summary>Gradients of scores before scaling, scaled, to the tile.</summary>
    private static void StoreScoreGradients<TGroup>(
        TileMemory memory,
        Matrix query,
        Matrix key,
        Matrix value,
        Matrix gradient,
        Head head,
        Score score,
        Visibility visibility,
        int firstQuery,
        int firstKey,
        int firstRow,
        int lastRow,
        ArrayView<float> largest,
        ArrayView<float> total,
        ArrayView<float> slopeSums)
        where TGroup : struct, IGroup
    {
        SumBlock scores = TileSums.Scores<TGroup>(
            memory, query.UpToRow(lastRow), firstQuery, key.UpToRow(lastRow), firstKey, head.Terms<TGroup>(), head.KeyShift);
        SumBlock slopes = TileSums.Scores<TGroup>(
            memory, gradient, firstQuery - firstRow, value.UpToRow(lastRow), firstKey, head.Terms<TGroup>(), head.KeyShift);
        var weight = new Weight(visibility, score, firstQuery, firstKey, lastRow, largest, total);
        scores.FinishPairs<AttentionTile<TGroup>, ScoreGradient>(
            slopes, new ScoreGradient(memory.Weights, AttentionTile<TGroup>.Pitch, weight, slopeSums, score), memory.ThreadY, memory.ThreadX);
    }
}

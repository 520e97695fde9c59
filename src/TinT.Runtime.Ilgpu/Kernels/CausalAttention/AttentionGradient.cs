using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;
using TinT.Runtime.Ilgpu.Kernels.Finishes;
using TinT.Runtime.Ilgpu.Kernels.Groups;
using TinT.Runtime.Ilgpu.Kernels.Registers;

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
        WriteStatistics<TGroup>(memory, softmax, query, key, statistics, heads, visibility, firstRow, rows, StatisticsOfValues);
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
        WriteStatistics<TGroup>(memory, softmax, query, key, statistics, heads, visibility, firstRow, rows, StatisticsOfExact);

        Group.Barrier();
        int row = RunningSoftmax.Row<TGroup>(memory.Thread);
        bool first = RunningSoftmax.Lane<TGroup>(memory.Thread) == 0;
        if (first)
            softmax.Total[row] = 1f / softmax.Total[row];
        int lastRow = firstRow + rows;
        int firstQuery = FirstQuery<TGroup>(firstRow, rows);
        RowSums sums = default;
        for (int firstKey = 0; firstKey < lastRow && firstKey < firstQuery + size; firstKey += size)
        {
            SumBlock scores = TileSums.Scores<TGroup>(memory, query.UpToRow(lastRow), firstQuery, key.UpToRow(lastRow), firstKey, heads.Terms<TGroup>());
            SumBlock slopes = TileSums.Scores<TGroup>(memory, gradient, firstQuery - firstRow, value.UpToRow(lastRow), firstKey, heads.Terms<TGroup>());
            var weight = new Weight(visibility, heads.Scale, firstQuery, firstKey, lastRow, softmax.Largest, softmax.Total);
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
            statistics[((((heads.Own * rows) + firstQuery - firstRow + row) * StatisticsOfExact)) + 2] = slopeSum;
        }
    }

    /// <summary>∂v = Aᵀ ∂c: one group for each tile of keys and head, over the tiles of queries behind it.</summary>
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
        int firstColumn = heads.FirstColumn<TGroup>();
        int lastRow = firstRow + rows;
        int firstKey = firstRow + (Grid.IdxY * size);
        SumBlock sums = default;
        for (int firstQuery = firstKey; firstQuery < lastRow; firstQuery += size)
        {
            if (memory.Thread < size)
                ReadStatistics(statistics, heads.Own, firstQuery - firstRow + memory.Thread, rows, statisticsPerRow, memory.Thread, largest, total);
            SumBlock scores = TileSums.Scores<TGroup>(memory, query.UpToRow(lastRow), firstQuery, key.UpToRow(lastRow), firstKey, heads.Terms<TGroup>());
            var weight = new Weight(visibility, heads.Scale, firstQuery, firstKey, lastRow, largest, total);
            scores.Finish<AttentionTile<TGroup>, StoredWeight>(new StoredWeight(memory.Weights, AttentionTile<TGroup>.Pitch, weight), memory.ThreadY, memory.ThreadX);
            sums = TileSums.AddWeighted<TGroup>(
                sums, memory, memory.Weights, gradient.UpToColumn(heads.End), firstColumn, firstQuery - firstRow, rows, termsAlongRows: false);
        }

        sums.Finish<AttentionTile<TGroup>, TrainedResult>(
            new TrainedResult(valueGradient.UpToColumn(heads.End), trained), firstKey - firstRow + memory.ThreadY, firstColumn + memory.ThreadX);
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
        int firstColumn = heads.FirstColumn<TGroup>();
        int lastRow = firstRow + rows;
        int firstQuery = FirstQuery<TGroup>(firstRow, rows);
        if (memory.Thread < size)
            ReadExactStatistics(statistics, heads.Own, firstQuery - firstRow + memory.Thread, rows, memory.Thread, largest, total, slopeSums);
        SumBlock sums = default;
        for (int firstKey = 0; firstKey < lastRow && firstKey < firstQuery + size; firstKey += size)
        {
            StoreScoreGradients<TGroup>(memory, query, key, value, gradient, heads, visibility, firstQuery, firstKey, firstRow, lastRow, largest, total, slopeSums);
            sums = TileSums.AddWeighted<TGroup>(sums, memory, memory.Weights, key.UpToColumn(heads.End), firstColumn, firstKey, lastRow, termsAlongRows: true);
        }

        sums.Finish<AttentionTile<TGroup>, Result>(
            new Result(queryGradient.UpToColumn(heads.End)), firstQuery - firstRow + memory.ThreadY, firstColumn + memory.ThreadX);
    }

    /// <summary>∂k = ∂Sᵀ q scale: one group for each tile of keys and head, over the tiles of queries behind it.</summary>
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
        int firstColumn = heads.FirstColumn<TGroup>();
        int lastRow = firstRow + rows;
        int firstKey = firstRow + (Grid.IdxY * size);
        SumBlock sums = default;
        for (int firstQuery = firstKey; firstQuery < lastRow; firstQuery += size)
        {
            if (memory.Thread < size)
                ReadExactStatistics(statistics, heads.Own, firstQuery - firstRow + memory.Thread, rows, memory.Thread, largest, total, slopeSums);
            StoreScoreGradients<TGroup>(memory, query, key, value, gradient, heads, visibility, firstQuery, firstKey, firstRow, lastRow, largest, total, slopeSums);
            sums = TileSums.AddWeighted<TGroup>(sums, memory, memory.Weights, query.UpToColumn(heads.End), firstColumn, firstQuery, lastRow, termsAlongRows: false);
        }

        sums.Finish<AttentionTile<TGroup>, TrainedResult>(
            new TrainedResult(keyGradient.UpToColumn(heads.End), trained), firstKey - firstRow + memory.ThreadY, firstColumn + memory.ThreadX);
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
        AttentionHeads heads,
        Visibility visibility,
        int firstRow,
        int rows,
        int perRow)
        where TGroup : struct, IGroup
    {
        int size = AttentionTile<TGroup>.Size;
        int lastRow = firstRow + rows;
        int firstQuery = FirstQuery<TGroup>(firstRow, rows);
        for (int firstKey = 0; firstKey < lastRow && firstKey < firstQuery + size; firstKey += size)
        {
            SumBlock scores = TileSums.Scores<TGroup>(memory, query.UpToRow(lastRow), firstQuery, key.UpToRow(lastRow), firstKey, heads.Terms<TGroup>());
            scores.Finish<AttentionTile<TGroup>, MaskedScore>(
                new MaskedScore(memory.Weights, AttentionTile<TGroup>.Pitch, heads.Scale, visibility, firstQuery, firstKey, lastRow), memory.ThreadY, memory.ThreadX);
            RunningSoftmax.Add<TGroup>(softmax, memory.Thread);
        }

        int row = RunningSoftmax.Row<TGroup>(memory.Thread);
        if (RunningSoftmax.Lane<TGroup>(memory.Thread) == 0 && firstQuery + row < lastRow)
        {
            int place = ((heads.Own * rows) + firstQuery - firstRow + row) * perRow;
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
        AttentionHeads heads,
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
        SumBlock scores = TileSums.Scores<TGroup>(memory, query.UpToRow(lastRow), firstQuery, key.UpToRow(lastRow), firstKey, heads.Terms<TGroup>());
        SumBlock slopes = TileSums.Scores<TGroup>(memory, gradient, firstQuery - firstRow, value.UpToRow(lastRow), firstKey, heads.Terms<TGroup>());
        var weight = new Weight(visibility, heads.Scale, firstQuery, firstKey, lastRow, largest, total);
        scores.FinishPairs<AttentionTile<TGroup>, ScoreGradient>(
            slopes, new ScoreGradient(memory.Weights, AttentionTile<TGroup>.Pitch, weight, slopeSums, heads.Scale), memory.ThreadY, memory.ThreadX);
    }
}

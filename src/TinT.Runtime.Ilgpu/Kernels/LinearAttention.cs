using ILGPU;
using TinT.Runtime.Ilgpu.Kernels.Finishes;
using TinT.Runtime.Ilgpu.Kernels.Groups;
using TinT.Runtime.Ilgpu.Kernels.Operands;
using TinT.Runtime.Ilgpu.Kernels.Registers;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels;

/// <summary>
/// Attention without softmax, of which no matrix of scores is in global memory: a group makes a tile of scores, keeps it in shared memory, and subtracts
/// its product with the values from some tiles of the result side by side. Body of a grouped kernel.
/// </summary>
public static class LinearAttention
{
    /// <summary>Tiles of the result that a group computes side by side from the same scores.</summary>
    internal const int TilesAcross = 4;

    /// <summary>y −= lr (queries · keysᵀ + c) · values.</summary>
    /// <param name="queries">[rows, terms].</param>
    /// <param name="keys">[keys, terms].</param>
    /// <param name="values">[keys, columns].</param>
    /// <param name="y">[rows, columns].</param>
    /// <param name="learningRate">lr.</param>
    /// <param name="constant">c.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void Subtract<TGroup>(Matrix queries, Matrix keys, Matrix values, Matrix y, float learningRate, float constant)
        where TGroup : struct, IGroup
    {
        TileMemory memory = TileMemory.Allocate<TGroup>();
        int size = AttentionTile<TGroup>.Size;
        int firstRow = Grid.IdxY * size;
        int firstPart = Grid.IdxX * TilesAcross * size;
        int keyCount = keys.Rows.Length;
        var terms = new Terms(0, queries.Columns.Length, queries.Columns.Length, queries.Columns.IsFilledBy(TGroup.Depth));
        for (int firstKey = 0; firstKey < keyCount; firstKey += size)
        {
            SumBlock scores = TileSums.Scores<TGroup>(memory, queries, firstRow, keys, firstKey, terms, shift: 0);
            scores.Finish<AttentionTile<TGroup>, ShiftedScore>(
                new ShiftedScore(memory.Weights, AttentionTile<TGroup>.Pitch, learningRate, constant), memory.ThreadY, memory.ThreadX);
            for (int firstColumn = firstPart; firstColumn < firstPart + (TilesAcross * size) && firstColumn < y.Columns.Length; firstColumn += size)
            {
                SumBlock sums = TileSums.AddWeighted<TGroup>(default, memory, memory.Weights, values, firstColumn, firstKey, keyCount, termsAlongRows: true);
                sums.Finish<AttentionTile<TGroup>, Difference>(new Difference(y), firstRow + memory.ThreadY, firstColumn + memory.ThreadX);
            }
        }
    }

    /// <summary>lr (score + c), in a tile in shared memory.</summary>
    private readonly struct ShiftedScore(ArrayView<float> weights, int pitch, float learningRate, float constant) : IFinish
    {
        private readonly ArrayView<float> weights = weights;
        private readonly int pitch = pitch;
        private readonly float learningRate = learningRate, constant = constant;

        /// <inheritdoc/>
        public void Store(int row, int column, float sum) => weights[(row * pitch) + column] = learningRate * (constant == 0f ? sum : sum + constant);
    }
}

using ILGPU;
using TinT.Runtime.Ilgpu.Kernels.Groups;
using TinT.Runtime.Ilgpu.Kernels.Operands;
using TinT.Runtime.Ilgpu.Kernels.Registers;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels;

/// <summary>The loops that softmax attention and linear attention share: over the terms of a tile of scores, and over the rows that its weights add up.</summary>
internal static class TileSums
{
    /// <summary>A tile of left · rightᵀ. While the lines of both are multiplied, the next ones are on their way.</summary>
    /// <param name="memory">Shared memory of the lines.</param>
    /// <param name="left">The left operand.</param>
    /// <param name="firstLeft">Its first row.</param>
    /// <param name="right">The right operand.</param>
    /// <param name="firstRight">Its first row.</param>
    /// <param name="terms">Columns of the left operand.</param>
    /// <param name="shift">From them to those of the right operand.</param>
    public static SumBlock Scores<TGroup>(TileMemory memory, Matrix left, int firstLeft, Matrix right, int firstRight, Terms terms, int shift)
        where TGroup : struct, IGroup
    {
        var leftLoader = RowLoader<AttentionLines<TGroup>>.Of(left, terms, firstLeft, memory.Thread, clears: true);
        var rightLoader = RowLoader<AttentionLines<TGroup>>.Of(right, terms.Shifted(shift), firstRight, memory.Thread, clears: true);
        ArrayView<float> leftLines = memory.Left.SubView(leftLoader.Start);
        ArrayView<float> rightLines = memory.Right.SubView(rightLoader.Start);
        LoadedTerms nextLeft = leftLoader.Load(terms.First);
        LoadedTerms nextRight = rightLoader.Load(terms.First + shift);
        SumBlock sums = default;
        for (int firstTerm = terms.First; firstTerm < terms.End; firstTerm += TGroup.Depth)
        {
            Group.Barrier();
            leftLoader.Store(nextLeft, leftLines);
            rightLoader.Store(nextRight, rightLines);
            Group.Barrier();
            int next = firstTerm + TGroup.Depth;
            if (next < terms.End)
            {
                nextLeft = leftLoader.Load(next);
                nextRight = rightLoader.Load(next + shift);
            }

            sums = MultiplyAdd<TGroup>(sums, memory, memory.Left, 0, termsAlongRows: false);
        }

        return sums;
    }

    /// <summary>Adds weights · lines of a matrix, some of its rows at a time, of which the next ones are on their way.</summary>
    /// <param name="sums">What they are added to.</param>
    /// <param name="memory">Shared memory of the lines.</param>
    /// <param name="weights">The tile of weights.</param>
    /// <param name="matrix">The matrix.</param>
    /// <param name="firstColumn">Its first column.</param>
    /// <param name="first">The first of its rows that the tile of weights has.</param>
    /// <param name="end">The end of its rows.</param>
    /// <param name="termsAlongRows">Whether rows of the matrix are columns of the tile of weights; otherwise they are its rows.</param>
    public static SumBlock AddWeighted<TGroup>(
        SumBlock sums, TileMemory memory, ArrayView<float> weights, Matrix matrix, int firstColumn, int first, int end, bool termsAlongRows)
        where TGroup : struct, IGroup
    {
        var terms = new Terms(first, end, end, whole: false);
        var loader = ColumnLoader<AttentionLines<TGroup>>.Of(matrix, terms, firstColumn, memory.Thread, clears: true);
        ArrayView<float> lines = memory.Right.SubView(loader.Start);
        LoadedTerms loaded = loader.Load(first);
        for (int firstTerm = first; firstTerm < first + AttentionTile<TGroup>.Size && firstTerm < end; firstTerm += TGroup.Depth)
        {
            Group.Barrier();
            loader.Store(loaded, lines);
            Group.Barrier();
            int next = firstTerm + TGroup.Depth;
            if (next < first + AttentionTile<TGroup>.Size && next < end)
                loaded = loader.Load(next);
            sums = MultiplyAdd<TGroup>(sums, memory, weights, firstTerm - first, termsAlongRows);
        }

        return sums;
    }

    /// <summary>Adds the products of the terms in shared memory; those of the right operand are its lines.</summary>
    private static SumBlock MultiplyAdd<TGroup>(SumBlock sums, TileMemory memory, ArrayView<float> left, int leftTerm, bool termsAlongRows)
        where TGroup : struct, IGroup
    {
        int pitch = AttentionTile<TGroup>.Pitch;
        int rowStep = termsAlongRows ? TGroup.ThreadRows * pitch : TGroup.ThreadRows;
        int termStep = termsAlongRows ? 1 : pitch;
        int row = termsAlongRows ? memory.ThreadY * pitch : memory.ThreadY;
        for (int term = 0; term < TGroup.Depth; term += 4)
        {
            sums.MultiplyAddFour<AttentionTile<TGroup>>(
                left.SubView(row + ((leftTerm + term) * termStep)), rowStep, termStep, memory.Right.SubView((term * pitch) + memory.ThreadX), pitch);
        }

        return sums;
    }
}

using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;
using TinT.Runtime.Ilgpu.Kernels.Finishes;
using TinT.Runtime.Ilgpu.Kernels.Groups;
using TinT.Runtime.Ilgpu.Kernels.Operands;
using TinT.Runtime.Ilgpu.Kernels.Registers;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels;

/// <summary>
/// Products of matrices as tiles in shared memory and registers: bodies of grouped kernels, one group for each tile. While a group multiplies the terms
/// in shared memory, the next ones are on their way to its registers. In the loop over the terms all indices of shared memory are a thread's place plus
/// a constant, which costs no instruction.
/// </summary>
public static class Product
{
    /// <summary>left · rightᵀ: the terms of the sums lie along the rows of both.</summary>
    /// <param name="left">[rows, terms].</param>
    /// <param name="right">[columns, terms].</param>
    /// <param name="finish">What is done with the sums.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    /// <typeparam name="TFinish">Its type.</typeparam>
    public static void TimesTransposed<TGroup, TFinish>(Matrix left, Matrix right, TFinish finish)
        where TGroup : struct, IGroup
        where TFinish : struct, IFinish =>
        Run<TGroup, RowLoader<LeftLines<TGroup>>, RowLoader<RightLines<TGroup>>, TFinish>(
            left, right, All<TGroup>(left.Columns), Grid.IdxX * ProductTile<TGroup>.Columns, finish);

    /// <summary>left · right.</summary>
    /// <param name="left">[rows, terms].</param>
    /// <param name="right">[terms, columns].</param>
    /// <param name="finish">What is done with the sums.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    /// <typeparam name="TFinish">Its type.</typeparam>
    public static void Times<TGroup, TFinish>(Matrix left, Matrix right, TFinish finish)
        where TGroup : struct, IGroup
        where TFinish : struct, IFinish =>
        Run<TGroup, RowLoader<LeftLines<TGroup>>, ColumnLoader<RightLines<TGroup>>, TFinish>(
            left, right, All<TGroup>(left.Columns), Grid.IdxX * ProductTile<TGroup>.Columns, finish);

    /// <summary>leftᵀ · right: the terms of the sums lie down the columns of both.</summary>
    /// <param name="left">[terms, rows].</param>
    /// <param name="right">[terms, columns].</param>
    /// <param name="finish">What is done with the sums.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    /// <typeparam name="TFinish">Its type.</typeparam>
    public static void TransposedTimes<TGroup, TFinish>(Matrix left, Matrix right, TFinish finish)
        where TGroup : struct, IGroup
        where TFinish : struct, IFinish =>
        Run<TGroup, ColumnLoader<LeftLines<TGroup>>, ColumnLoader<RightLines<TGroup>>, TFinish>(
            left, right, All<TGroup>(left.Rows), Grid.IdxX * ProductTile<TGroup>.Columns, finish);

    /// <summary>A part of left · right: of the terms that groups side by side share, and with their results one behind the other.</summary>
    /// <param name="left">[rows, terms].</param>
    /// <param name="right">[terms, columns].</param>
    /// <param name="parts">[parts · rows, columns].</param>
    /// <param name="length">Terms of a part, a whole number of depths.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void PartsOfTimes<TGroup>(Matrix left, Matrix right, ArrayView1D<float, Stride1D.Dense> parts, int length)
        where TGroup : struct, IGroup
    {
        int size = ProductTile<TGroup>.Columns;
        int across = (right.Columns.Length + size - 1) / size;
        int part = Grid.IdxX / across;
        int first = part * length;
        int rows = left.Rows.Length;
        int count = left.Columns.Length;
        var terms = new Terms(first, XMath.Min(first + length, count), count, left.Columns.IsFilledBy(TGroup.ProductDepth));
        var finish = new PartOfResult(parts, part, rows, right.Columns.Length);
        Run<TGroup, RowLoader<LeftLines<TGroup>>, ColumnLoader<RightLines<TGroup>>, PartOfResult>(
            left, right, terms, (Grid.IdxX - (part * across)) * size, finish);
    }

    private static Terms All<TGroup>(Extent terms)
        where TGroup : struct, IGroup =>
        new(0, terms.Length, terms.Length, terms.IsFilledBy(TGroup.ProductDepth));

    private static void Run<TGroup, TLeft, TRight, TFinish>(
        Matrix left, Matrix right, Terms terms, int firstColumn, TFinish finish)
        where TGroup : struct, IGroup
        where TLeft : struct, ILoader<TLeft>
        where TRight : struct, ILoader<TRight>
        where TFinish : struct, IFinish
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(ProductTile<TGroup>.SharedFloats);
        int thread = (Group.IdxY * TGroup.ThreadColumns) + Group.IdxX;
        int firstRow = Grid.IdxY * ProductTile<TGroup>.Rows;

        // The terms that the thread loads, and where it puts them.
        TLeft leftLoader = TLeft.Of(left, terms, firstRow, thread, clears: true);
        TRight rightLoader = TRight.Of(right, terms, firstColumn, thread, clears: false);
        ArrayView<float> leftLines = shared.SubView(leftLoader.Start);
        ArrayView<float> rightLines = shared.SubView(ProductTile<TGroup>.LeftFloats + rightLoader.Start);
        LoadedTerms nextLeft = leftLoader.Load(terms.First);
        LoadedTerms nextRight = rightLoader.Load(terms.First);

        // Its sums.
        int slice = TGroup.Slices > 1 ? thread / (TGroup.SliceColumns * TGroup.SliceRows) : 0;
        int threadX = thread & (TGroup.SliceColumns - 1);
        int threadY = (thread / TGroup.SliceColumns) & (TGroup.SliceRows - 1);
        SumBlock sums = default;
        for (int first = terms.First; first < terms.End; first += TGroup.ProductDepth)
        {
            Group.Barrier();
            leftLoader.Store(nextLeft, leftLines);
            rightLoader.Store(nextRight, rightLines);
            Group.Barrier();
            int next = first + TGroup.ProductDepth;
            if (next < terms.End)
            {
                nextLeft = leftLoader.Load(next);
                nextRight = rightLoader.Load(next);
            }

            ArrayView<float> leftPart = shared.SubView((slice * ProductTile<TGroup>.SliceDepth * LeftLines<TGroup>.Pitch) + threadY);
            ArrayView<float> rightPart = shared.SubView(
                ProductTile<TGroup>.LeftFloats + (slice * ProductTile<TGroup>.SliceDepth * RightLines<TGroup>.Pitch) + threadX);
            for (int run = 0; run < ProductTile<TGroup>.SliceDepth / 4; run++)
            {
                sums.MultiplyAddFour<ProductTile<TGroup>>(
                    leftPart.SubView(run * 4 * LeftLines<TGroup>.Pitch),
                    TGroup.SliceRows,
                    LeftLines<TGroup>.Pitch,
                    rightPart.SubView(run * 4 * RightLines<TGroup>.Pitch),
                    RightLines<TGroup>.Pitch);
            }
        }

        if (TGroup.Slices == 1)
            sums.Finish<ProductTile<TGroup>, TFinish>(finish, firstRow + threadY, firstColumn + threadX);
        else
            Exchange<TGroup, TFinish>(shared, sums, slice, threadX, threadY, thread, firstRow, firstColumn, finish);
    }

    /// <summary>Slices hand over some rows of their sums at a time, and every thread finishes some elements of them.</summary>
    private static void Exchange<TGroup, TFinish>(
        ArrayView<float> shared, SumBlock sums, int slice, int threadX, int threadY, int thread, int firstRow, int firstColumn, TFinish finish)
        where TGroup : struct, IGroup
        where TFinish : struct, IFinish
    {
        int row = firstRow + (thread / ProductTile<TGroup>.Columns);
        int column = firstColumn + (thread & (ProductTile<TGroup>.Columns - 1));
        ArrayView<float> given = shared.SubView((slice * ProductTile<TGroup>.ExchangedFloats) + (threadY * ProductTile<TGroup>.ExchangePitch) + threadX);
        ArrayView<float> taken = shared.SubView((row - firstRow) * ProductTile<TGroup>.ExchangePitch + column - firstColumn);
        Group.Barrier();
        sums.WriteFirst<ProductTile<TGroup>>(given, ProductTile<TGroup>.ExchangePitch);
        Group.Barrier();
        FinishTaken<TGroup, TFinish>(taken, row, column, finish);
        Group.Barrier();
        sums.WriteLast<ProductTile<TGroup>>(given, ProductTile<TGroup>.ExchangePitch);
        Group.Barrier();
        FinishTaken<TGroup, TFinish>(taken, row + (4 * TGroup.SliceRows), column, finish);
    }

    private static void FinishTaken<TGroup, TFinish>(ArrayView<float> taken, int row, int column, TFinish finish)
        where TGroup : struct, IGroup
        where TFinish : struct, IFinish
    {
        int step = LeftLines<TGroup>.Threads / ProductTile<TGroup>.Columns;
        FinishSum<TGroup, TFinish>(taken, 0, row, column, finish);
        FinishSum<TGroup, TFinish>(taken, step, row, column, finish);
        FinishSum<TGroup, TFinish>(taken, 2 * step, row, column, finish);
        FinishSum<TGroup, TFinish>(taken, 3 * step, row, column, finish);
        FinishSum<TGroup, TFinish>(taken, 4 * step, row, column, finish);
        FinishSum<TGroup, TFinish>(taken, 5 * step, row, column, finish);
        FinishSum<TGroup, TFinish>(taken, 6 * step, row, column, finish);
        FinishSum<TGroup, TFinish>(taken, 7 * step, row, column, finish);
    }

    private static void FinishSum<TGroup, TFinish>(ArrayView<float> taken, int step, int row, int column, TFinish finish)
        where TGroup : struct, IGroup
        where TFinish : struct, IFinish
    {
        int place = step * ProductTile<TGroup>.ExchangePitch;
        int slice = ProductTile<TGroup>.ExchangedFloats;
        finish.Store(row + step, column, taken[place] + taken[place + slice] + taken[place + (2 * slice)] + taken[place + (3 * slice)]);
    }
}

using ILGPU;
using TinT.Runtime.Ilgpu.Kernels.Finishes;
using TinT.Runtime.Ilgpu.Kernels.Groups;

namespace TinT.Runtime.Ilgpu.Kernels.Registers;

/// <summary>The sums that a thread has of a tile, each in a register: as many rows as the tile has for a thread.</summary>
internal struct SumBlock
{
    private SumRow row0, row1, row2, row3, row4, row5, row6, row7;

    /// <summary>Adds the products of one term.</summary>
    /// <param name="left">Left factors.</param>
    /// <param name="leftStart">Place of the factor of the first row.</param>
    /// <param name="leftStep">Floats from the factor of one row to that of the next.</param>
    /// <param name="right">Right factors.</param>
    /// <param name="rightStart">Place of the factor of the first column.</param>
    /// <param name="rightStep">Floats from the factor of one column to that of the next.</param>
    /// <param name="tall">Whether there are eight rows instead of four.</param>
    /// <param name="wide">Whether there are eight columns instead of four.</param>
    public void MultiplyAdd(ArrayView<float> left, int leftStart, int leftStep, ArrayView<float> right, int rightStart, int rightStep, bool tall, bool wide)
    {
        SumRow line = SumRow.Read(right, rightStart, rightStep, wide);
        row0.MultiplyAdd(left[leftStart], line, wide);
        row1.MultiplyAdd(left[leftStart + leftStep], line, wide);
        row2.MultiplyAdd(left[leftStart + (2 * leftStep)], line, wide);
        row3.MultiplyAdd(left[leftStart + (3 * leftStep)], line, wide);
        if (tall)
        {
            row4.MultiplyAdd(left[leftStart + (4 * leftStep)], line, wide);
            row5.MultiplyAdd(left[leftStart + (5 * leftStep)], line, wide);
            row6.MultiplyAdd(left[leftStart + (6 * leftStep)], line, wide);
            row7.MultiplyAdd(left[leftStart + (7 * leftStep)], line, wide);
        }
    }

    /// <summary>Adds the products of four terms, one behind the other, as ILGPU unrolls no loops.</summary>
    public void MultiplyAddFour<TTile>(ArrayView<float> left, int leftStep, int leftTerm, ArrayView<float> right, int rightTerm)
        where TTile : struct, ITile
    {
        int rightStep = TTile.ColumnStep;
        bool tall = TTile.BlockRows > 4;
        bool wide = TTile.BlockColumns > 4;
        MultiplyAdd(left, 0, leftStep, right, 0, rightStep, tall, wide);
        MultiplyAdd(left, leftTerm, leftStep, right, rightTerm, rightStep, tall, wide);
        MultiplyAdd(left, 2 * leftTerm, leftStep, right, 2 * rightTerm, rightStep, tall, wide);
        MultiplyAdd(left, 3 * leftTerm, leftStep, right, 3 * rightTerm, rightStep, tall, wide);
    }

    /// <summary>Finishes the sums of all rows.</summary>
    public readonly void Finish<TTile, TFinish>(TFinish finish, int row, int column)
        where TTile : struct, ITile
        where TFinish : struct, IFinish
    {
        int rowStep = TTile.RowStep;
        int columnStep = TTile.ColumnStep;
        bool wide = TTile.BlockColumns > 4;
        row0.Finish(finish, row, column, columnStep, wide);
        row1.Finish(finish, row + rowStep, column, columnStep, wide);
        row2.Finish(finish, row + (2 * rowStep), column, columnStep, wide);
        row3.Finish(finish, row + (3 * rowStep), column, columnStep, wide);
        if (TTile.BlockRows > 4)
        {
            row4.Finish(finish, row + (4 * rowStep), column, columnStep, wide);
            row5.Finish(finish, row + (5 * rowStep), column, columnStep, wide);
            row6.Finish(finish, row + (6 * rowStep), column, columnStep, wide);
            row7.Finish(finish, row + (7 * rowStep), column, columnStep, wide);
        }
    }

    /// <summary>Writes the first four rows.</summary>
    public readonly void WriteFirst<TTile>(ArrayView<float> lines, int pitch)
        where TTile : struct, ITile
    {
        int rowStep = TTile.RowStep * pitch;
        int columnStep = TTile.ColumnStep;
        bool wide = TTile.BlockColumns > 4;
        row0.Write(lines, 0, columnStep, wide);
        row1.Write(lines, rowStep, columnStep, wide);
        row2.Write(lines, 2 * rowStep, columnStep, wide);
        row3.Write(lines, 3 * rowStep, columnStep, wide);
    }

    /// <summary>Writes the last four rows.</summary>
    public readonly void WriteLast<TTile>(ArrayView<float> lines, int pitch)
        where TTile : struct, ITile
    {
        int rowStep = TTile.RowStep * pitch;
        int columnStep = TTile.ColumnStep;
        bool wide = TTile.BlockColumns > 4;
        row4.Write(lines, 0, columnStep, wide);
        row5.Write(lines, rowStep, columnStep, wide);
        row6.Write(lines, 2 * rowStep, columnStep, wide);
        row7.Write(lines, 3 * rowStep, columnStep, wide);
    }

    /// <summary>Multiplies the sums of each row by its factor.</summary>
    /// <param name="factors">Factors of the tile's rows.</param>
    /// <param name="row">The thread's first row.</param>
    public void Scale<TTile>(ArrayView<float> factors, int row)
        where TTile : struct, ITile
    {
        int step = TTile.RowStep;
        bool wide = TTile.BlockColumns > 4;
        row0.Scale(factors[row], wide);
        row1.Scale(factors[row + step], wide);
        row2.Scale(factors[row + (2 * step)], wide);
        row3.Scale(factors[row + (3 * step)], wide);
        if (TTile.BlockRows > 4)
        {
            row4.Scale(factors[row + (4 * step)], wide);
            row5.Scale(factors[row + (5 * step)], wide);
            row6.Scale(factors[row + (6 * step)], wide);
            row7.Scale(factors[row + (7 * step)], wide);
        }
    }

    /// <summary>Finishes the sums with those of another block.</summary>
    public readonly void FinishPairs<TTile, TFinish>(SumBlock other, TFinish finish, int row, int column)
        where TTile : struct, ITile
        where TFinish : struct, IPairFinish
    {
        int rowStep = TTile.RowStep;
        int columnStep = TTile.ColumnStep;
        bool wide = TTile.BlockColumns > 4;
        row0.FinishPairs(other.row0, finish, row, column, columnStep, wide);
        row1.FinishPairs(other.row1, finish, row + rowStep, column, columnStep, wide);
        row2.FinishPairs(other.row2, finish, row + (2 * rowStep), column, columnStep, wide);
        row3.FinishPairs(other.row3, finish, row + (3 * rowStep), column, columnStep, wide);
        if (TTile.BlockRows > 4)
        {
            row4.FinishPairs(other.row4, finish, row + (4 * rowStep), column, columnStep, wide);
            row5.FinishPairs(other.row5, finish, row + (5 * rowStep), column, columnStep, wide);
            row6.FinishPairs(other.row6, finish, row + (6 * rowStep), column, columnStep, wide);
            row7.FinishPairs(other.row7, finish, row + (7 * rowStep), column, columnStep, wide);
        }
    }

    /// <summary>Adds to a sum for each row what a function makes of its sums and those of another block.</summary>
    public readonly RowSums AddPairs<TTile, TFunction>(RowSums sums, SumBlock other, TFunction function, int row, int column)
        where TTile : struct, ITile
        where TFunction : struct, IPairFunction
    {
        int rowStep = TTile.RowStep;
        int columnStep = TTile.ColumnStep;
        bool wide = TTile.BlockColumns > 4;
        sums.Row0 = row0.AddPairs(sums.Row0, other.row0, function, row, column, columnStep, wide);
        sums.Row1 = row1.AddPairs(sums.Row1, other.row1, function, row + rowStep, column, columnStep, wide);
        sums.Row2 = row2.AddPairs(sums.Row2, other.row2, function, row + (2 * rowStep), column, columnStep, wide);
        sums.Row3 = row3.AddPairs(sums.Row3, other.row3, function, row + (3 * rowStep), column, columnStep, wide);
        if (TTile.BlockRows > 4)
        {
            sums.Row4 = row4.AddPairs(sums.Row4, other.row4, function, row + (4 * rowStep), column, columnStep, wide);
            sums.Row5 = row5.AddPairs(sums.Row5, other.row5, function, row + (5 * rowStep), column, columnStep, wide);
            sums.Row6 = row6.AddPairs(sums.Row6, other.row6, function, row + (6 * rowStep), column, columnStep, wide);
            sums.Row7 = row7.AddPairs(sums.Row7, other.row7, function, row + (7 * rowStep), column, columnStep, wide);
        }

        return sums;
    }
}

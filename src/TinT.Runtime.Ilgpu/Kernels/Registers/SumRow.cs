using ILGPU;
using TinT.Runtime.Ilgpu.Kernels.Finishes;

namespace TinT.Runtime.Ilgpu.Kernels.Registers;

/// <summary>Sums of one of a thread's rows, each in a register: as many as its tile has columns for a thread; the others are never touched, and no code is left of them.</summary>
internal struct SumRow
{
    private float sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;

    /// <summary>Reads factors at equal distances.</summary>
    public static SumRow Read(ArrayView<float> line, int start, int step, bool wide)
    {
        SumRow row = default;
        row.sum0 = line[start];
        row.sum1 = line[start + step];
        row.sum2 = line[start + (2 * step)];
        row.sum3 = line[start + (3 * step)];
        if (wide)
        {
            row.sum4 = line[start + (4 * step)];
            row.sum5 = line[start + (5 * step)];
            row.sum6 = line[start + (6 * step)];
            row.sum7 = line[start + (7 * step)];
        }

        return row;
    }

    /// <summary>Adds the products of a factor and those of the columns.</summary>
    public void MultiplyAdd(float factor, SumRow right, bool wide)
    {
        sum0 += factor * right.sum0;
        sum1 += factor * right.sum1;
        sum2 += factor * right.sum2;
        sum3 += factor * right.sum3;
        if (wide)
        {
            sum4 += factor * right.sum4;
            sum5 += factor * right.sum5;
            sum6 += factor * right.sum6;
            sum7 += factor * right.sum7;
        }
    }

    /// <summary>Writes the sums at equal distances.</summary>
    public readonly void Write(ArrayView<float> line, int start, int step, bool wide)
    {
        line[start] = sum0;
        line[start + step] = sum1;
        line[start + (2 * step)] = sum2;
        line[start + (3 * step)] = sum3;
        if (wide)
        {
            line[start + (4 * step)] = sum4;
            line[start + (5 * step)] = sum5;
            line[start + (6 * step)] = sum6;
            line[start + (7 * step)] = sum7;
        }
    }

    /// <summary>Finishes the sums, one element each.</summary>
    public readonly void Finish<TFinish>(TFinish finish, int row, int column, int step, bool wide)
        where TFinish : struct, IFinish
    {
        finish.Store(row, column, sum0);
        finish.Store(row, column + step, sum1);
        finish.Store(row, column + (2 * step), sum2);
        finish.Store(row, column + (3 * step), sum3);
        if (wide)
        {
            finish.Store(row, column + (4 * step), sum4);
            finish.Store(row, column + (5 * step), sum5);
            finish.Store(row, column + (6 * step), sum6);
            finish.Store(row, column + (7 * step), sum7);
        }
    }

    /// <summary>Multiplies the sums by a factor.</summary>
    public void Scale(float factor, bool wide)
    {
        sum0 *= factor;
        sum1 *= factor;
        sum2 *= factor;
        sum3 *= factor;
        if (wide)
        {
            sum4 *= factor;
            sum5 *= factor;
            sum6 *= factor;
            sum7 *= factor;
        }
    }

    /// <summary>Finishes the sums with those of another row, one element each.</summary>
    public readonly void FinishPairs<TFinish>(SumRow other, TFinish finish, int row, int column, int step, bool wide)
        where TFinish : struct, IPairFinish
    {
        finish.Store(row, column, sum0, other.sum0);
        finish.Store(row, column + step, sum1, other.sum1);
        finish.Store(row, column + (2 * step), sum2, other.sum2);
        finish.Store(row, column + (3 * step), sum3, other.sum3);
        if (wide)
        {
            finish.Store(row, column + (4 * step), sum4, other.sum4);
            finish.Store(row, column + (5 * step), sum5, other.sum5);
            finish.Store(row, column + (6 * step), sum6, other.sum6);
            finish.Store(row, column + (7 * step), sum7, other.sum7);
        }
    }

    /// <summary>Adds what a function makes of the sums and those of another row, one behind the other.</summary>
    public readonly float AddPairs<TFunction>(float total, SumRow other, TFunction function, int row, int column, int step, bool wide)
        where TFunction : struct, IPairFunction
    {
        total += function.Of(row, column, sum0, other.sum0);
        total += function.Of(row, column + step, sum1, other.sum1);
        total += function.Of(row, column + (2 * step), sum2, other.sum2);
        total += function.Of(row, column + (3 * step), sum3, other.sum3);
        if (wide)
        {
            total += function.Of(row, column + (4 * step), sum4, other.sum4);
            total += function.Of(row, column + (5 * step), sum5, other.sum5);
            total += function.Of(row, column + (6 * step), sum6, other.sum6);
            total += function.Of(row, column + (7 * step), sum7, other.sum7);
        }

        return total;
    }
}

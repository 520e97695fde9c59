using ILGPU;
using ILGPU.Runtime;
using TinT.Runtime.Ilgpu.Kernels.Groups;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels;

/// <summary>Sums of columns: bodies of grouped kernels. Threads below each other add up parts of a column.</summary>
public static class ColumnSums
{
    /// <summary>b′ = b − rate · Σ_t ∂y_t.</summary>
    /// <param name="gradient">∂y, [rows, columns].</param>
    /// <param name="bias">b, [columns].</param>
    /// <param name="updated">b′; may be b.</param>
    /// <param name="rate">The rate.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void Descend<TGroup>(Matrix gradient, ArrayView1D<float, Stride1D.Dense> bias, ArrayView1D<float, Stride1D.Dense> updated, float rate)
        where TGroup : struct, IGroup
    {
        ArrayView<float> parts = GroupSums.Allocate<TGroup>();
        int column = OwnColumn<TGroup>();
        AddPart<TGroup>(parts, gradient, column);
        if (Group.IdxY == 0 && column < gradient.Columns.Length)
            updated[column] = bias[column] - (rate * Total<TGroup>(parts));
    }

    /// <summary>gain′ = gain − rate · Σ_t ∂y_t ∘ x_t.</summary>
    /// <param name="gradient">∂y, [rows, columns].</param>
    /// <param name="factors">x, [rows, columns].</param>
    /// <param name="gain">gain, [columns].</param>
    /// <param name="updated">gain′; may be gain.</param>
    /// <param name="rate">The rate.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void DescendAlong<TGroup>(
        Matrix gradient, Matrix factors, ArrayView1D<float, Stride1D.Dense> gain, ArrayView1D<float, Stride1D.Dense> updated, float rate)
        where TGroup : struct, IGroup
    {
        ArrayView<float> parts = GroupSums.Allocate<TGroup>();
        int column = OwnColumn<TGroup>();
        AddPart<TGroup>(parts, gradient, factors, column);
        if (Group.IdxY == 0 && column < gradient.Columns.Length)
            updated[column] = gain[column] - (rate * Total<TGroup>(parts));
    }

    /// <summary>The mean of the rows.</summary>
    /// <param name="matrix">[rows, columns].</param>
    /// <param name="mean">[columns].</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void Mean<TGroup>(Matrix matrix, ArrayView1D<float, Stride1D.Dense> mean)
        where TGroup : struct, IGroup
    {
        ArrayView<float> parts = GroupSums.Allocate<TGroup>();
        int column = OwnColumn<TGroup>();
        AddPart<TGroup>(parts, matrix, column);
        if (Group.IdxY == 0 && column < matrix.Columns.Length)
            mean[column] = Total<TGroup>(parts) / matrix.Rows.Length;
    }

    private static int OwnColumn<TGroup>()
        where TGroup : struct, IGroup =>
        (Grid.IdxX * TGroup.ThreadColumns) + Group.IdxX;

    /// <summary>Adds up every so many rows of a column, eight at a time, which are asked for together.</summary>
    private static void AddPart<TGroup>(ArrayView<float> parts, Matrix matrix, int column)
        where TGroup : struct, IGroup
    {
        int step = TGroup.ThreadRows;
        int rows = matrix.Rows.Length;
        float sum = 0f;
        if (column < matrix.Columns.Length)
        {
            int row = Group.IdxY;
            for (; row + (7 * step) < rows; row += 8 * step)
            {
                sum += matrix.Values[matrix.At(row, column)]
                    + matrix.Values[matrix.At(row + step, column)]
                    + matrix.Values[matrix.At(row + (2 * step), column)]
                    + matrix.Values[matrix.At(row + (3 * step), column)]
                    + matrix.Values[matrix.At(row + (4 * step), column)]
                    + matrix.Values[matrix.At(row + (5 * step), column)]
                    + matrix.Values[matrix.At(row + (6 * step), column)]
                    + matrix.Values[matrix.At(row + (7 * step), column)];
            }

            for (; row < rows; row += step)
                sum += matrix.Values[matrix.At(row, column)];
        }

        parts[(Group.IdxY * TGroup.ThreadColumns) + Group.IdxX] = sum;
        Group.Barrier();
    }

    /// <summary>The same of the products of two matrices, four at a time.</summary>
    private static void AddPart<TGroup>(ArrayView<float> parts, Matrix matrix, Matrix factors, int column)
        where TGroup : struct, IGroup
    {
        int step = TGroup.ThreadRows;
        int rows = matrix.Rows.Length;
        float sum = 0f;
        if (column < matrix.Columns.Length)
        {
            int row = Group.IdxY;
            for (; row + (3 * step) < rows; row += 4 * step)
            {
                sum += Product(matrix, factors, row, column)
                    + Product(matrix, factors, row + step, column)
                    + Product(matrix, factors, row + (2 * step), column)
                    + Product(matrix, factors, row + (3 * step), column);
            }

            for (; row < rows; row += step)
                sum += Product(matrix, factors, row, column);
        }

        parts[(Group.IdxY * TGroup.ThreadColumns) + Group.IdxX] = sum;
        Group.Barrier();
    }

    private static float Product(Matrix matrix, Matrix factors, int row, int column) =>
        matrix.Values[matrix.At(row, column)] * factors.Values[factors.At(row, column)];

    private static float Total<TGroup>(ArrayView<float> parts)
        where TGroup : struct, IGroup
    {
        float total = 0f;
        for (int part = 0; part < TGroup.ThreadRows; part++)
            total += parts[(part * TGroup.ThreadColumns) + Group.IdxX];
        return total;
    }
}

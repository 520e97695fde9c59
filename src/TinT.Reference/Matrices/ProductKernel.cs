using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TinT.Reference.Matrices;

/// <summary>The inner loop of all products: a small tile of the result stays in registers while terms are added to it.</summary>
internal static class ProductKernel
{
    /// <summary>Rows of the tile.</summary>
    public const int Rows = 4;

    /// <summary>Columns of the tile: two vectors.</summary>
    /// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
    public static int Columns<T>() => 2 * Vector<T>.Count;

    /// <summary>C[r, :] += Σ_t a[r · rowStride + t · termStride] · B[t, :].</summary>
    /// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="a">Coefficients.</param>
    /// <param name="rowStride">From one row's coefficient to the next row's.</param>
    /// <param name="termStride">From one term's coefficient to the next term's.</param>
    /// <param name="b">Terms, from the tile's first column on.</param>
    /// <param name="strideB">From one term to the next.</param>
    /// <param name="terms">How many terms, at least 1.</param>
    /// <param name="c">The result, from the tile's first row and column on.</param>
    /// <param name="strideC">From one row of the result to the next.</param>
    public static void Add<T>(
        ReadOnlySpan<T> a, int rowStride, int termStride, ReadOnlySpan<T> b, int strideB, int terms, Span<T> c, int strideC)
        where T : IFloatingPointIeee754<T>
    {
        // The loads below are unchecked; these slices check the last element of each operand.
        _ = a.Slice((Rows - 1) * rowStride + (terms - 1) * termStride, 1);
        _ = b.Slice((terms - 1) * strideB, Columns<T>());
        _ = c.Slice((Rows - 1) * strideC, Columns<T>());
        ref T coefficient = ref MemoryMarshal.GetReference(a);
        ref T term = ref MemoryMarshal.GetReference(b);
        ref T row0 = ref MemoryMarshal.GetReference(c);
        ref T row1 = ref Unsafe.Add(ref row0, strideC);
        ref T row2 = ref Unsafe.Add(ref row1, strideC);
        ref T row3 = ref Unsafe.Add(ref row2, strideC);
        nuint next = (nuint)Vector<T>.Count;
        Vector<T> sum00 = Vector.LoadUnsafe(ref row0), sum01 = Vector.LoadUnsafe(ref row0, next);
        Vector<T> sum10 = Vector.LoadUnsafe(ref row1), sum11 = Vector.LoadUnsafe(ref row1, next);
        Vector<T> sum20 = Vector.LoadUnsafe(ref row2), sum21 = Vector.LoadUnsafe(ref row2, next);
        Vector<T> sum30 = Vector.LoadUnsafe(ref row3), sum31 = Vector.LoadUnsafe(ref row3, next);
        for (int index = 0; index < terms; index++)
        {
            Vector<T> left = Vector.LoadUnsafe(ref term);
            Vector<T> right = Vector.LoadUnsafe(ref term, next);
            Vector<T> factor = Vector.Create(coefficient);
            sum00 = MultiplyAdd(left, factor, sum00);
            sum01 = MultiplyAdd(right, factor, sum01);
            factor = Vector.Create(Unsafe.Add(ref coefficient, rowStride));
            sum10 = MultiplyAdd(left, factor, sum10);
            sum11 = MultiplyAdd(right, factor, sum11);
            factor = Vector.Create(Unsafe.Add(ref coefficient, 2 * rowStride));
            sum20 = MultiplyAdd(left, factor, sum20);
            sum21 = MultiplyAdd(right, factor, sum21);
            factor = Vector.Create(Unsafe.Add(ref coefficient, 3 * rowStride));
            sum30 = MultiplyAdd(left, factor, sum30);
            sum31 = MultiplyAdd(right, factor, sum31);
            coefficient = ref Unsafe.Add(ref coefficient, termStride);
            term = ref Unsafe.Add(ref term, strideB);
        }

        sum00.StoreUnsafe(ref row0);
        sum01.StoreUnsafe(ref row0, next);
        sum10.StoreUnsafe(ref row1);
        sum11.StoreUnsafe(ref row1, next);
        sum20.StoreUnsafe(ref row2);
        sum21.StoreUnsafe(ref row2, next);
        sum30.StoreUnsafe(ref row3);
        sum31.StoreUnsafe(ref row3, next);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> MultiplyAdd<T>(Vector<T> left, Vector<T> right, Vector<T> addend)
    {
        if (typeof(T) == typeof(float))
            return Vector.As<float, T>(Vector.FusedMultiplyAdd(Vector.As<T, float>(left), Vector.As<T, float>(right), Vector.As<T, float>(addend)));
        return typeof(T) == typeof(double)
            ? Vector.As<double, T>(Vector.FusedMultiplyAdd(Vector.As<T, double>(left), Vector.As<T, double>(right), Vector.As<T, double>(addend)))
            : left * right + addend;
    }
}

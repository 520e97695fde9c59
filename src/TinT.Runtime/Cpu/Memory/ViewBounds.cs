namespace TinT.Runtime.Cpu.Memory;

/// <summary>Checks that views lie inside what they view.</summary>
internal static class ViewBounds
{
    /// <summary>Checks a matrix of consecutive rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not fit.</exception>
    public static void CheckMatrix(long available, long offset, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        CheckOffset(available, offset, (long)rows * columns);
    }

    /// <summary>Checks a vector of consecutive elements.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not fit.</exception>
    public static void CheckVector(long available, long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        CheckOffset(available, offset, length);
    }

    /// <summary>Checks a part of a range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not fit.</exception>
    public static void CheckRange(int available, int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, available - count);
    }

    private static void CheckOffset(long available, long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, available - length);
    }
}

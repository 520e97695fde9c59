namespace TinT.Runtime.Ilgpu.Kernels.Views;

/// <summary>A length, and whether it is the same in every launch: whole tiles fill some of those, which then need no bounds.</summary>
/// <param name="Length">The length.</param>
/// <param name="IsKnown">Whether it is a constant of the kernel.</param>
public readonly record struct Extent(int Length, bool IsKnown)
{
    /// <summary>A constant of the kernel.</summary>
    /// <param name="length">The length.</param>
    public static Extent Known(int length) => new(length, IsKnown: true);

    /// <summary>What each launch decides.</summary>
    /// <param name="length">The length.</param>
    public static Extent Given(int length) => new(length, IsKnown: false);

    /// <summary>Whether tiles of a size fill it.</summary>
    /// <param name="size">Length of a tile.</param>
    internal bool IsFilledBy(int size) => IsKnown && Length % size == 0;
}

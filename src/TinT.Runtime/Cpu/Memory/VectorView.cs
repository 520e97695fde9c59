using System.ComponentModel;

namespace TinT.Runtime.Cpu.Memory;

/// <summary>Consecutive floats that lie in a <see cref="NativeBuffer"/> or a <see cref="PinnedArray"/>. The default value is the empty vector.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct VectorView
{
    // Keeps the memory alive as long as the view is.
    private readonly object? owner;

    internal VectorView(object? owner, float* pointer, int length)
    {
        this.owner = owner;
        Pointer = pointer;
        Length = length;
    }

    /// <summary>Elements.</summary>
    public int Length { get; }

    /// <summary>The elements.</summary>
    public Span<float> Span => new(Pointer, Length);

    /// <summary>Element 0; null for the empty vector.</summary>
    internal float* Pointer { get; }

    /// <summary>Consecutive elements.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all elements of the vector.</exception>
    public VectorView Slice(int first, int count)
    {
        ViewBounds.CheckRange(Length, first, count);
        return new VectorView(owner, Pointer + first, count);
    }
}

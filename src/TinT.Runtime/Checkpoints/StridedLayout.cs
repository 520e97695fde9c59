namespace TinT.Runtime.Checkpoints;

/// <summary>Where the elements of a tensor are among others, in elements.</summary>
/// <param name="Offset">The first element.</param>
/// <param name="Shape">Sizes, none negative; their product fits into 64 bits.</param>
/// <param name="Strides">Distances between neighbours along each axis, none negative.</param>
internal sealed record StridedLayout(long Offset, IReadOnlyList<long> Shape, IReadOnlyList<long> Strides)
{
    /// <summary>Elements up to the last that belongs to the tensor; 0 for a tensor without elements.</summary>
    public Int128 End =>
        Shape.Contains(0) ? 0 : (Int128)Offset + 1 + Shape.Zip(Strides).Aggregate((Int128)0, (sum, axis) => sum + ((Int128)(axis.First - 1) * axis.Second));

    /// <summary>The same elements with as few axes as possible: neighbours along one axis that continue those along the next are one axis.</summary>
    public IReadOnlyList<(long Size, long Stride)> Axes()
    {
        List<(long Size, long Stride)> axes = [];
        foreach ((long size, long stride) in Shape.Zip(Strides))
        {
            if (size == 1)
                continue;
            if (axes.Count > 0 && axes[^1].Stride == (Int128)size * stride)
                axes[^1] = (axes[^1].Size * size, stride);
            else
                axes.Add((size, stride));
        }

        return axes;
    }
}

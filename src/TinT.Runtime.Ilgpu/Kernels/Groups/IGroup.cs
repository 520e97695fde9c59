namespace TinT.Runtime.Ilgpu.Kernels.Groups;

/// <summary>Shape of a group of threads and of the tiles that it computes: constants, from which ILGPU makes a kernel of its own for each class of devices.</summary>
/// <remarks>The compiler knows the same numbers as <c>GroupTiles</c>, with what they reach.</remarks>
public interface IGroup
{
    /// <summary>Threads side by side, x.</summary>
    static abstract int ThreadColumns { get; }

    /// <summary>Threads below each other, y.</summary>
    static abstract int ThreadRows { get; }

    /// <summary>Rows of a tile of attention that each thread keeps in registers: 4 or 8.</summary>
    static abstract int BlockRows { get; }

    /// <summary>Columns of a tile of attention that each thread keeps in registers: 4 or 8.</summary>
    static abstract int BlockColumns { get; }

    /// <summary>Terms of the sums of attention that are in shared memory at once.</summary>
    static abstract int Depth { get; }

    /// <summary>Threads of a product's slice side by side. The threads of a slice have all elements of a tile in their registers.</summary>
    static abstract int SliceColumns { get; }

    /// <summary>Threads of a product's slice below each other.</summary>
    static abstract int SliceRows { get; }

    /// <summary>Slices of a product, which share the terms of its sums and add up what they have at the end: 1 or 4.</summary>
    static abstract int Slices { get; }

    /// <summary>Rows of a product's tile that each thread keeps in registers: 4 or 8, with slices 8.</summary>
    static abstract int ProductBlockRows { get; }

    /// <summary>Columns of a product's tile that each thread keeps in registers: 4 or 8.</summary>
    static abstract int ProductBlockColumns { get; }

    /// <summary>Terms of a product's sums that are in shared memory at once.</summary>
    static abstract int ProductDepth { get; }
}

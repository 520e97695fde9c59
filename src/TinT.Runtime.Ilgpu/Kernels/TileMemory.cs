using ILGPU;
using TinT.Runtime.Ilgpu.Kernels.Groups;

namespace TinT.Runtime.Ilgpu.Kernels;

/// <summary>A thread's place in a group of attention, and the group's shared memory: lines of two operands and a tile of weights.</summary>
/// <param name="left">Lines of the left operand.</param>
/// <param name="right">Lines of the right operand.</param>
/// <param name="weights">The tile.</param>
/// <param name="threadX">The thread's column.</param>
/// <param name="threadY">Its row.</param>
/// <param name="thread">The thread.</param>
internal readonly struct TileMemory(ArrayView<float> left, ArrayView<float> right, ArrayView<float> weights, int threadX, int threadY, int thread)
{
    /// <summary>Lines of the left operand.</summary>
    public readonly ArrayView<float> Left = left;

    /// <summary>Lines of the right operand.</summary>
    public readonly ArrayView<float> Right = right;

    /// <summary>A tile of weights.</summary>
    public readonly ArrayView<float> Weights = weights;

    /// <summary>The thread's column in its group.</summary>
    public readonly int ThreadX = threadX;

    /// <summary>The thread's row in its group.</summary>
    public readonly int ThreadY = threadY;

    /// <summary>The thread.</summary>
    public readonly int Thread = thread;

    /// <summary>Allocates it.</summary>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static TileMemory Allocate<TGroup>()
        where TGroup : struct, IGroup => new(
        SharedMemory.Allocate<float>(TGroup.Depth * AttentionTile<TGroup>.Pitch),
        SharedMemory.Allocate<float>(TGroup.Depth * AttentionTile<TGroup>.Pitch),
        SharedMemory.Allocate<float>(AttentionTile<TGroup>.Size * AttentionTile<TGroup>.Pitch),
        Group.IdxX,
        Group.IdxY,
        (Group.IdxY * TGroup.ThreadColumns) + Group.IdxX);
}

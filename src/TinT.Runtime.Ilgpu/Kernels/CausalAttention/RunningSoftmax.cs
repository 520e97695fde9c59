using ILGPU;
using ILGPU.Algorithms;
using TinT.Runtime.Ilgpu.Kernels.Groups;

namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>The running softmax of the rows of a tile of scores, in shared memory; some threads share each row.</summary>
/// <param name="weights">The tile.</param>
/// <param name="largest">Largest score of each row so far.</param>
/// <param name="total">Σ exp(score − largest) of each row so far.</param>
/// <param name="rescale">What the last tile multiplied the row's earlier sums with.</param>
/// <param name="parts">A float for each thread.</param>
/// <param name="partSums">A float for each thread.</param>
internal readonly struct RunningSoftmax(
    ArrayView<float> weights, ArrayView<float> largest, ArrayView<float> total, ArrayView<float> rescale, ArrayView<float> parts, ArrayView<float> partSums)
{
    /// <summary>The tile of scores, which become weights.</summary>
    public readonly ArrayView<float> Weights = weights;

    /// <summary>Largest score of each row so far.</summary>
    public readonly ArrayView<float> Largest = largest;

    /// <summary>Σ exp(score − largest) of each row so far.</summary>
    public readonly ArrayView<float> Total = total;

    /// <summary>What the last tile multiplied the row's earlier sums with.</summary>
    public readonly ArrayView<float> Rescale = rescale;

    private readonly ArrayView<float> parts = parts, partSums = partSums;

    /// <summary>Allocates what it needs beside the tile, and sets the rows to those of no keys.</summary>
    /// <param name="memory">The tile.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static RunningSoftmax Begin<TGroup>(TileMemory memory)
        where TGroup : struct, IGroup
    {
        ArrayView<float> largest = SharedMemory.Allocate<float>(AttentionTile<TGroup>.Size);
        ArrayView<float> total = SharedMemory.Allocate<float>(AttentionTile<TGroup>.Size);
        ArrayView<float> rescale = SharedMemory.Allocate<float>(AttentionTile<TGroup>.Size);
        ArrayView<float> parts = SharedMemory.Allocate<float>(AttentionTile<TGroup>.Threads);
        ArrayView<float> partSums = SharedMemory.Allocate<float>(AttentionTile<TGroup>.Threads);
        if (Lane<TGroup>(memory.Thread) == 0)
        {
            largest[Row<TGroup>(memory.Thread)] = float.MinValue;
            total[Row<TGroup>(memory.Thread)] = 0f;
        }

        return new RunningSoftmax(memory.Weights, largest, total, rescale, parts, partSums);
    }

    /// <summary>The row that a thread shares.</summary>
    /// <param name="thread">The thread.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static int Row<TGroup>(int thread)
        where TGroup : struct, IGroup =>
        thread / AttentionTile<TGroup>.RowLanes;

    /// <summary>A thread's number among those that share its row.</summary>
    /// <param name="thread">The thread.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static int Lane<TGroup>(int thread)
        where TGroup : struct, IGroup =>
        thread & (AttentionTile<TGroup>.RowLanes - 1);

    /// <summary>Turns the tile's scores to exp(score − largest so far), and brings the rows' sums and factors up to date.</summary>
    /// <param name="softmax">The softmax.</param>
    /// <param name="thread">The thread.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static void Add<TGroup>(RunningSoftmax softmax, int thread)
        where TGroup : struct, IGroup
    {
        int size = AttentionTile<TGroup>.Size;
        int lanes = AttentionTile<TGroup>.RowLanes;
        int row = Row<TGroup>(thread);
        int lane = Lane<TGroup>(thread);
        int first = row * AttentionTile<TGroup>.Pitch;
        Group.Barrier();
        float newLargest = softmax.Largest[row];
        for (int column = lane; column < size; column += lanes)
            newLargest = XMath.Max(newLargest, softmax.Weights[first + column]);
        softmax.parts[thread] = newLargest;
        Group.Barrier();
        for (int other = 0; other < lanes; other++)
            newLargest = XMath.Max(newLargest, softmax.parts[(row * lanes) + other]);
        float partSum = 0f;
        for (int column = lane; column < size; column += lanes)
        {
            float score = softmax.Weights[first + column];
            float weight = score > float.MinValue ? XMath.Exp(score - newLargest) : 0f;
            softmax.Weights[first + column] = weight;
            partSum += weight;
        }

        softmax.partSums[thread] = partSum;
        Group.Barrier();
        if (lane == 0)
        {
            float factor = XMath.Exp(softmax.Largest[row] - newLargest);
            float sum = softmax.Total[row] * factor;
            for (int other = 0; other < lanes; other++)
                sum += softmax.partSums[(row * lanes) + other];
            softmax.Total[row] = sum;
            softmax.Rescale[row] = factor;
            softmax.Largest[row] = newLargest;
        }

        Group.Barrier();
    }
}

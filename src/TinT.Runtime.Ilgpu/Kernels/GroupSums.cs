using ILGPU;
using ILGPU.Algorithms;
using TinT.Runtime.Ilgpu.Kernels.Groups;

namespace TinT.Runtime.Ilgpu.Kernels;

/// <summary>What all threads of a group find together, in a tree.</summary>
internal static class GroupSums
{
    /// <summary>Shared memory of a group, a float for each thread.</summary>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static ArrayView<float> Allocate<TGroup>()
        where TGroup : struct, IGroup =>
        SharedMemory.Allocate<float>(TGroup.ThreadColumns * TGroup.ThreadRows);

    /// <summary>The sum of a value over all threads.</summary>
    /// <param name="shared">A float for each thread.</param>
    /// <param name="thread">The thread.</param>
    /// <param name="value">Its value.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static float Sum<TGroup>(ArrayView<float> shared, int thread, float value)
        where TGroup : struct, IGroup
    {
        shared[thread] = value;
        for (int half = TGroup.ThreadColumns * TGroup.ThreadRows / 2; half > 0; half /= 2)
        {
            Group.Barrier();
            if (thread < half)
                shared[thread] += shared[thread + half];
        }

        Group.Barrier();
        float sum = shared[0];
        Group.Barrier();
        return sum;
    }

    /// <summary>The largest of the values of all threads.</summary>
    /// <param name="shared">A float for each thread.</param>
    /// <param name="thread">The thread.</param>
    /// <param name="value">Its value.</param>
    /// <typeparam name="TGroup">Shape of the groups.</typeparam>
    public static float Largest<TGroup>(ArrayView<float> shared, int thread, float value)
        where TGroup : struct, IGroup
    {
        shared[thread] = value;
        for (int half = TGroup.ThreadColumns * TGroup.ThreadRows / 2; half > 0; half /= 2)
        {
            Group.Barrier();
            if (thread < half)
                shared[thread] = XMath.Max(shared[thread], shared[thread + half]);
        }

        Group.Barrier();
        float largest = shared[0];
        Group.Barrier();
        return largest;
    }
}

using ILGPU;
using ILGPU.Algorithms;
using Ilgpu.Checker.Execution;
using ILGPU.Runtime;

namespace Ilgpu.Checker.Tests;

/// <summary>Groups, barriers and shared memory: what they compute and which mistakes they find.</summary>
public sealed class GroupTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(64)]
    [InlineData(256)]
    public void A_tree_reduction_adds_all_elements_of_each_group(int threads)
    {
        using var device = new TestDevice(256);
        using MemoryBuffer1D<float, Stride1D.Dense> input = device.Accelerator.Allocate1D(Enumerable.Range(0, 3 * threads).Select(i => (float)i).ToArray());
        using MemoryBuffer1D<float, Stride1D.Dense> sums = device.Accelerator.Allocate1D<float>(3);

        device.Accelerator.LoadStreamKernel<ArrayView1D<float, Stride1D.Dense>, ArrayView1D<float, Stride1D.Dense>>(SumGroup)(
            new KernelConfig(3, threads), input.View, sums.View);

        float First(int group) => threads * ((group * threads) + ((threads - 1) / 2f));
        Assert.Equal([First(0), First(1), First(2)], sums.GetAsArray1D());
    }

    [Fact]
    public void Variables_keep_their_values_over_barriers_in_loops_and_called_methods()
    {
        using var device = new TestDevice(8);
        using MemoryBuffer1D<int, Stride1D.Dense> result = device.Accelerator.Allocate1D<int>(16);

        device.Accelerator.LoadStreamKernel<ArrayView1D<int, Stride1D.Dense>, int>(RotateThreeTimes)(
            new KernelConfig(new Index2D(2, 1), new Index2D(4, 2)), result.View, 3);

        // Thread t of 8 ends with the start value 10 (t + 3 mod 8) of the thread three further on, plus 3 rounds.
        int[] expected = [.. Enumerable.Range(0, 16).Select(i => (10 * ((i + 3) % 8)) + 3)];
        Assert.Equal(expected, result.GetAsArray1D());
    }

    [Fact]
    public void A_thread_that_misses_a_barrier_is_named()
    {
        KernelException failure = Fails(MissBarrier);

        Assert.Equal("GroupTests.MissBarrier, group (0, 0, 0): thread 2 waits at barrier 1 of the kernel while thread 1 has returned.", failure.Message);
    }

    [Fact]
    public void Threads_at_different_barriers_are_named()
    {
        KernelException failure = Fails(DifferentBarriers);

        Assert.Equal("GroupTests.DifferentBarriers, group (0, 0, 0): thread 2 waits at barrier 2 of the kernel while thread 1 waits at barrier 1 of the kernel.", failure.Message);
    }

    [Fact]
    public void Reading_shared_memory_that_nobody_wrote_fails()
    {
        KernelException failure = Fails(ReadPoison);

        Assert.Equal("GroupTests.ReadPoison, group (0, 0, 0), thread (0, 0, 0): reads element 3 of shared allocation 1 of 4 Single, which nothing has written.", failure.Message);
    }

    [Fact]
    public void Shared_memory_is_not_handed_from_one_group_to_the_next()
    {
        KernelException failure = Fails(ReadOfGroupBefore, groups: 2);

        Assert.Equal("GroupTests.ReadOfGroupBefore, group (1, 0, 0), thread (0, 0, 0): reads element 0 of shared allocation 1 of 4 Single, which nothing has written.", failure.Message);
    }

    [Fact]
    public void A_read_before_the_barrier_that_follows_a_write_of_another_thread_is_a_race()
    {
        KernelException failure = Fails(ReadTooEarly);

        Assert.Equal("GroupTests.ReadTooEarly, group (0, 0, 0), thread (1, 0, 0): reads element 0 of shared allocation 1 of 4 Single, which thread 0 has written since the last barrier.", failure.Message);
    }

    [Fact]
    public void A_write_before_the_barrier_that_follows_a_read_of_another_thread_is_a_race()
    {
        KernelException failure = Fails(WriteTooEarly);

        Assert.Equal("GroupTests.WriteTooEarly, group (0, 0, 0), thread (1, 0, 0): writes element 1 of shared allocation 1 of 4 Single, which thread 0 has read since the last barrier.", failure.Message);
    }

    [Fact]
    public void Two_threads_that_write_one_global_element_race()
    {
        KernelException failure = Fails(WriteSameElement);

        Assert.Equal("GroupTests.WriteSameElement, group (0, 0, 0), thread (1, 0, 0): writes element 0 of the buffer of 16 elements of 4 bytes, which thread 0 has written since the last barrier.", failure.Message);
    }

    [Fact]
    public void Two_groups_that_touch_one_global_element_race()
    {
        KernelException failure = Fails(WriteForNextGroup, groups: 2);

        Assert.Equal("GroupTests.WriteForNextGroup, group (1, 0, 0), thread (0, 0, 0): reads element 1 of the buffer of 16 elements of 4 bytes, which another group of the launch has written.", failure.Message);
    }

    [Fact]
    public void Values_of_an_expression_are_kept_over_a_barrier_inside_of_it()
    {
        using var device = new TestDevice(4);
        using MemoryBuffer1D<float, Stride1D.Dense> buffer = device.Accelerator.Allocate1D(new float[] { 1, 2, 3, 4 });

        device.Accelerator.LoadStreamKernel<ArrayView1D<float, Stride1D.Dense>>(BarrierInExpression)(new KernelConfig(1, 4), buffer.View);

        // 10 t + 1 + 2 + 3 + 4 − 1.
        Assert.Equal([9f, 19, 29, 39], buffer.GetAsArray1D());
    }

    [Fact]
    public void A_barrier_inside_of_an_assignment_is_refused_with_what_to_do()
    {
        using var device = new TestDevice(4);

        NotSupportedException failure = Assert.Throws<NotSupportedException>(
            () => device.Accelerator.LoadStreamKernel<ArrayView1D<float, Stride1D.Dense>>(BarrierInAssignment));

        Assert.Equal(
            "GroupTests.BarrierInAssignment cannot be checked: the call of SumShared, which has a barrier, lies inside of an assignment; assign its result to a variable first.",
            failure.Message);
    }

    private static KernelException Fails(Action<ArrayView1D<float, Stride1D.Dense>> kernel, int groups = 1)
    {
        using var device = new TestDevice(4);
        using MemoryBuffer1D<float, Stride1D.Dense> buffer = device.Accelerator.Allocate1D(new float[16]);
        Action<KernelConfig, ArrayView1D<float, Stride1D.Dense>> launch = device.Accelerator.LoadStreamKernel(kernel);
        return Assert.Throws<KernelException>(() => launch(new KernelConfig(groups, 4), buffer.View));
    }

    private static void SumGroup(ArrayView1D<float, Stride1D.Dense> input, ArrayView1D<float, Stride1D.Dense> sums)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(256);
        int thread = Group.IdxX;
        shared[thread] = input[Grid.GlobalIndex.X];
        float sum = SumShared(shared, thread, Group.DimX);
        if (thread == 0)
            sums[Grid.IdxX] = sum;
    }

    private static float SumShared(ArrayView<float> shared, int thread, int count)
    {
        for (int half = count / 2; half > 0; half /= 2)
        {
            Group.Barrier();
            if (thread < half)
                shared[thread] += shared[thread + half];
        }

        Group.Barrier();
        return shared[0];
    }

    private static void RotateThreeTimes(ArrayView1D<int, Stride1D.Dense> result, int rounds)
    {
        ArrayView<int> shared = SharedMemory.Allocate<int>(8);
        int thread = (Group.IdxY * Group.DimX) + Group.IdxX;
        int value = thread * 10;
        int count = rounds;
        while (rounds > 0)
        {
            shared[thread] = value;
            Group.Barrier();
            value = shared[(thread + 1) % 8];
            Group.Barrier();
            rounds--;
        }

        result[(Grid.IdxX * 8) + thread] = value + count;
    }

    private static void MissBarrier(ArrayView1D<float, Stride1D.Dense> buffer)
    {
        if (Group.IdxX >= 2)
            Group.Barrier();
        buffer[Group.IdxX] = 1;
    }

    private static void DifferentBarriers(ArrayView1D<float, Stride1D.Dense> buffer)
    {
        if (Group.IdxX < 2)
        {
            Group.Barrier();
            buffer[Group.IdxX] = 1;
        }
        else
        {
            Group.Barrier();
            buffer[Group.IdxX] = 2;
        }
    }

    private static void ReadPoison(ArrayView1D<float, Stride1D.Dense> buffer)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(4);
        buffer[Group.IdxX] = shared[3 - Group.IdxX];
    }

    private static void ReadOfGroupBefore(ArrayView1D<float, Stride1D.Dense> buffer)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(4);
        if (Grid.IdxX == 0)
            shared[Group.IdxX] = 1;
        buffer[Group.IdxX + (4 * Grid.IdxX)] = shared[Group.IdxX];
    }

    private static void ReadTooEarly(ArrayView1D<float, Stride1D.Dense> buffer)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(4);
        shared[Group.IdxX] = 1;
        buffer[Group.IdxX] = shared[Group.IdxX == 1 ? 0 : Group.IdxX];
    }

    private static void WriteTooEarly(ArrayView1D<float, Stride1D.Dense> buffer)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(4);
        shared[Group.IdxX] = 1;
        Group.Barrier();
        float neighbour = shared[(Group.IdxX + 1) % 4];
        shared[Group.IdxX] = neighbour + buffer[Group.IdxX];
    }

    private static void WriteSameElement(ArrayView1D<float, Stride1D.Dense> buffer) => buffer[0] = Group.IdxX;

    private static void WriteForNextGroup(ArrayView1D<float, Stride1D.Dense> buffer)
    {
        if (Group.IdxX == 0)
            buffer[Grid.IdxX + 1] = buffer[Grid.IdxX] + 1;
    }

    private static void BarrierInExpression(ArrayView1D<float, Stride1D.Dense> buffer)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(4);
        shared[Group.IdxX] = buffer[Group.IdxX];
        float sum = (Group.IdxX * 10) + SumShared(shared, Group.IdxX, 4) - XMath.Exp(0f);
        buffer[Group.IdxX] = sum;
    }

    private static void BarrierInAssignment(ArrayView1D<float, Stride1D.Dense> buffer)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(4);
        shared[Group.IdxX] = XMath.Exp(buffer[Group.IdxX]);
        buffer[Group.IdxX] += SumShared(shared, Group.IdxX, 4);
    }
}

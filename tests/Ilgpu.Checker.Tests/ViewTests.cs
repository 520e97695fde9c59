using ILGPU;
using ILGPU.Runtime;
using Ilgpu.Checker.Execution;

namespace Ilgpu.Checker.Tests;

/// <summary>Views of every shape that kernels have: parts, other element types, memory of a thread, atomic operations.</summary>
public sealed class ViewTests
{
    [Fact]
    public void A_part_that_is_not_inside_of_its_view_fails_the_kernel_and_the_host_and_not_the_process()
    {
        using var device = new TestDevice();
        using MemoryBuffer1D<float, Stride1D.Dense> x = device.Accelerator.Allocate1D(new float[8]);

        KernelException failure = Assert.Throws<KernelException>(
            () => device.Accelerator.LoadStreamKernel<ArrayView1D<float, Stride1D.Dense>>(TakeParts)(new KernelConfig(1, 4), x.View));

        Assert.StartsWith("ViewTests.TakeParts, group (0, 0, 0), thread (3, 0, 0): ILGPU asserts: ", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("ILGPU asserts: ", Assert.Throws<InvalidOperationException>(() => x.View.SubView(6, 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_sixteen_bytes_is_four_elements()
    {
        using var device = new TestDevice();
        using MemoryBuffer1D<float, Stride1D.Dense> source = device.Accelerator.Allocate1D([.. Enumerable.Range(0, 16).Select(i => (float)i)]);
        using MemoryBuffer1D<float, Stride1D.Dense> target = device.Accelerator.Allocate1D<float>(16);
        using var recorder = new DeviceRecorder();

        device.Accelerator.LoadStreamKernel<ArrayView1D<float, Stride1D.Dense>, ArrayView1D<float, Stride1D.Dense>>(CopyFours)(
            new KernelConfig(1, 4), source.View, target.View);

        Assert.Equal(Enumerable.Range(0, 16).Select(i => (float)i), target.GetAsArray1D());
        Assert.Equal(new LaunchRecord("CopyFours", 1, 4, 0, 16, 16), Assert.Single(recorder.Launches));
    }

    [Fact]
    public void A_value_of_sixteen_bytes_needs_all_of_its_elements_written()
    {
        using var device = new TestDevice();
        using MemoryBuffer1D<float, Stride1D.Dense> source = device.Accelerator.Allocate1D<float>(16);
        using MemoryBuffer1D<float, Stride1D.Dense> target = device.Accelerator.Allocate1D<float>(16);
        source.View.SubView(0, 6).CopyFromCPU(new float[6]);

        KernelException failure = Assert.Throws<KernelException>(() =>
            device.Accelerator.LoadStreamKernel<ArrayView1D<float, Stride1D.Dense>, ArrayView1D<float, Stride1D.Dense>>(CopyFours)(
                new KernelConfig(1, 4), source.View, target.View));

        Assert.Equal("ViewTests.CopyFours, group (0, 0, 0), thread (1, 0, 0): reads element 6 of the buffer of 16 elements of 4 bytes, which nothing has written.", failure.Message);
    }

    [Fact]
    public void Memory_of_a_thread_is_its_own_over_barriers()
    {
        using var device = new TestDevice();
        using MemoryBuffer1D<float, Stride1D.Dense> x = device.Accelerator.Allocate1D<float>(4);

        device.Accelerator.LoadStreamKernel<ArrayView1D<float, Stride1D.Dense>>(KeepLocally)(new KernelConfig(1, 4), x.View);

        Assert.Equal([1f, 2, 3, 4], x.GetAsArray1D());
    }

    [Fact]
    public void Memory_of_a_thread_is_undefined_until_it_is_written()
    {
        using var device = new TestDevice();
        using MemoryBuffer1D<float, Stride1D.Dense> x = device.Accelerator.Allocate1D<float>(4);

        KernelException failure = Assert.Throws<KernelException>(
            () => device.Accelerator.LoadStreamKernel<ArrayView1D<float, Stride1D.Dense>>(ReadLocally)(new KernelConfig(1, 4), x.View));

        Assert.EndsWith("reads element 0 of local memory of 2 Single, which nothing has written.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Atomic_additions_of_all_threads_and_groups_do_not_race_but_need_a_start()
    {
        using var device = new TestDevice();
        using MemoryBuffer1D<int, Stride1D.Dense> counts = device.Accelerator.Allocate1D<int>(2);
        Action<KernelConfig, ArrayView1D<int, Stride1D.Dense>> count = device.Accelerator.LoadStreamKernel<ArrayView1D<int, Stride1D.Dense>>(Count);

        Assert.EndsWith(
            "which nothing has written.", Assert.Throws<KernelException>(() => count(new KernelConfig(3, 4), counts.View)).Message, StringComparison.Ordinal);

        counts.MemSetToZero();
        count(new KernelConfig(3, 4), counts.View);
        Assert.Equal([6, 6], counts.GetAsArray1D());
    }

    private static void TakeParts(ArrayView1D<float, Stride1D.Dense> x) => x.SubView(2 * Group.IdxX, 3)[0] = 1;

    private static void CopyFours(ArrayView1D<float, Stride1D.Dense> source, ArrayView1D<float, Stride1D.Dense> target)
    {
        ArrayView<Four> from = source.BaseView.AsAligned(16).Cast<Four>();
        ArrayView<Four> to = target.BaseView.AsAligned(16).Cast<Four>();
        to[Group.IdxX] = from[Group.IdxX];
    }

    private static void KeepLocally(ArrayView1D<float, Stride1D.Dense> x)
    {
        ArrayView<float> mine = LocalMemory.Allocate<float>(2);
        mine[1] = Group.IdxX;
        Group.Barrier();
        x[Group.IdxX] = mine[1] + 1;
    }

    private static void ReadLocally(ArrayView1D<float, Stride1D.Dense> x)
    {
        ArrayView<float> mine = LocalMemory.Allocate<float>(2);
        mine[1] = Group.IdxX;
        x[Group.IdxX] = mine[1] + mine[0];
    }

    private static void Count(ArrayView1D<int, Stride1D.Dense> counts) => Atomic.Add(ref counts[Group.IdxX % 2], 1);

    /// <summary>What one instruction loads and stores.</summary>
    private readonly record struct Four(float A, float B, float C, float D);
}

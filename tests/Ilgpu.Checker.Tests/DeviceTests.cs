using ILGPU;
using ILGPU.Runtime;
using Ilgpu.Checker.Devices;
using Ilgpu.Checker.Execution;

namespace Ilgpu.Checker.Tests;

/// <summary>Devices, buffers and loading, with the traps of the real library.</summary>
public sealed class DeviceTests
{
    [Fact]
    public void A_kernel_over_indices_runs_once_for_each()
    {
        using var device = new TestDevice();
        using MemoryBuffer1D<float, Stride1D.Dense> x = device.Accelerator.Allocate1D<float>(100);
        x.CopyFromCPU([.. Enumerable.Range(0, 100).Select(i => (float)i)]);

        device.Accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView1D<float, Stride1D.Dense>, float>(Scale)(100, x.View, 3f);
        device.Accelerator.Synchronize();

        Assert.Equal(Enumerable.Range(0, 100).Select(i => 3f * i), x.GetAsArray1D());
    }

    [Fact]
    public void An_index_outside_of_a_view_names_kernel_index_and_length()
    {
        using var device = new TestDevice();
        using MemoryBuffer1D<float, Stride1D.Dense> x = device.Accelerator.Allocate1D(new float[10]);
        Action<Index1D, ArrayView1D<float, Stride1D.Dense>, float> scale =
            device.Accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView1D<float, Stride1D.Dense>, float>(Scale);

        KernelException failure = Assert.Throws<KernelException>(() => scale(8, x.View.SubView(2, 7), 3f));

        Assert.Equal("DeviceTests.Scale, group (0, 0, 0), thread (7, 0, 0): index 7 is outside of a view of 7 elements of the buffer of 10 elements of 4 bytes.", failure.Message);
    }

    [Fact]
    public void Device_memory_is_undefined_until_it_is_written()
    {
        using var device = new TestDevice();
        using MemoryBuffer1D<float, Stride1D.Dense> x = device.Accelerator.Allocate1D<float>(4);
        Action<Index1D, ArrayView1D<float, Stride1D.Dense>, float> scale =
            device.Accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView1D<float, Stride1D.Dense>, float>(Scale);

        Assert.Equal("DeviceTests.Scale, group (0, 0, 0), thread (0, 0, 0): reads element 0 of the buffer of 4 elements of 4 bytes, which nothing has written.", Assert.Throws<KernelException>(() => scale(1, x.View, 3f)).Message);

        x.MemSetToZero();
        scale(4, x.View, 3f);
        Assert.Equal([0f, 0, 0, 0], x.GetAsArray1D());
    }

    [Fact]
    public void A_view_of_a_disposed_buffer_is_refused()
    {
        using var device = new TestDevice();
        MemoryBuffer1D<float, Stride1D.Dense> x = device.Accelerator.Allocate1D(new float[4]);
        Action<Index1D, ArrayView1D<float, Stride1D.Dense>, float> scale =
            device.Accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView1D<float, Stride1D.Dense>, float>(Scale);
        ArrayView1D<float, Stride1D.Dense> view = x.View;
        x.Dispose();

        Assert.Throws<ObjectDisposedException>(() => scale(4, view, 3f));
    }

    [Fact]
    public void A_failed_compilation_poisons_the_context()
    {
        using var device = new TestDevice();
        using var other = new TestDevice();
        other.Accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView1D<float, Stride1D.Dense>, float>(Scale);

        Assert.Throws<InternalCompilerException>(() => device.Accelerator.LoadStreamKernel<ArrayView1D<float, Stride1D.Dense>>(Throwing));
        Assert.Throws<InvalidOperationException>(
            () => device.Accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView1D<float, Stride1D.Dense>, float>(Scale));
    }

    [Fact]
    public void A_group_larger_than_the_device_allows_is_refused()
    {
        using var device = new TestDevice(16);
        using MemoryBuffer1D<float, Stride1D.Dense> x = device.Accelerator.Allocate1D(new float[64]);
        Action<KernelConfig, ArrayView1D<float, Stride1D.Dense>> write = device.Accelerator.LoadStreamKernel<ArrayView1D<float, Stride1D.Dense>>(WriteIndex);

        Assert.Throws<ArgumentOutOfRangeException>(() => write(new KernelConfig(1, 32), x.View));
        Assert.Throws<ArgumentOutOfRangeException>(() => write(new KernelConfig(new Index2D(1, 65536), new Index2D(1, 1)), x.View));
        write(new KernelConfig(4, 16), x.View);
        Assert.Equal(Enumerable.Range(0, 64).Select(i => (float)i), x.GetAsArray1D());
    }

    [Fact]
    public void A_thread_must_bind_the_device()
    {
        using var device = new TestDevice();
        using MemoryBuffer1D<float, Stride1D.Dense> x = device.Accelerator.Allocate1D([2f]);
        Action<Index1D, ArrayView1D<float, Stride1D.Dense>, float> scale =
            device.Accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView1D<float, Stride1D.Dense>, float>(Scale);
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            failure = Record.Exception(() => scale(1, x.View, 3f));
            device.Accelerator.Bind();
            scale(1, x.View, 3f);
        });
        thread.Start();
        thread.Join();

        Assert.IsType<InvalidOperationException>(failure);
        Assert.Equal([6f], x.GetAsArray1D());
    }

    [Fact]
    public void Devices_have_the_kinds_names_and_sizes_that_they_are_given()
    {
        using Context context = Context.Create(builder => builder.Checked(
            new CheckedCudaDevice("Fast", 1024, 4L << 30) { Multiprocessors = 132 }, new CheckedOpenClDevice("Shared", 256, 32L << 30), new CheckedCpuDevice(
                "Slow", 16, 8L << 30)));

        Assert.Equal(
            [("Fast", AcceleratorType.Cuda, 1024, 4L << 30, 132), ("Shared", AcceleratorType.OpenCL, 256, 32L << 30, 1), ("Slow", AcceleratorType.CPU, 16, 8L << 30, 1)],
            context.Devices.Select(
                device => (device.Name, device.AcceleratorType, device.MaxNumThreadsPerGroup, device.MemorySize, device.NumMultiprocessors)));
    }

    [Fact]
    public void Memory_is_as_large_as_the_device_says()
    {
        using var device = new TestDevice(memory: 1000);
        MemoryBuffer1D<float, Stride1D.Dense> first = device.Accelerator.Allocate1D<float>(200);

        AcceleratorException failure = Assert.ThrowsAny<AcceleratorException>(() => device.Accelerator.Allocate1D<float>(51));
        Assert.Equal("Out of memory: Card has 1000 bytes, 800 are in use and 204 were asked for.", failure.Message);

        first.Dispose();
        device.Accelerator.Allocate1D<float>(250);
    }

    private static void Scale(Index1D index, ArrayView1D<float, Stride1D.Dense> x, float factor) => x[index] *= factor;

    private static void Throwing(ArrayView1D<float, Stride1D.Dense> x)
    {
        if (Group.IdxX > 3)
            throw new NotSupportedException();
        x[Group.IdxX] = 1;
    }

    private static void WriteIndex(ArrayView1D<float, Stride1D.Dense> x) => x[Grid.GlobalIndex.X] = Grid.GlobalIndex.X;
}

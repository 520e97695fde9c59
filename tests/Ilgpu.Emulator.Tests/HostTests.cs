using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Execution;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Ilgpu.Emulator.Tests;

/// <summary>Devices, buffers and loading, with the traps of the real library.</summary>
public sealed class HostTests
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
        Action<Index1D, ArrayView1D<float, Stride1D.Dense>, float> scale = device.Accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView1D<float, Stride1D.Dense>, float>(Scale);

        KernelException failure = Assert.Throws<KernelException>(() => scale(8, x.View.SubView(2, 7), 3f));

        Assert.Equal("HostTests.Scale, group (0, 0, 0), thread (7, 0, 0): index 7 is outside of a view of 7 elements of the buffer of 10 Single.", failure.Message);
    }

    [Fact]
    public void Device_memory_is_undefined_until_it_is_written()
    {
        using var device = new TestDevice();
        using MemoryBuffer1D<float, Stride1D.Dense> x = device.Accelerator.Allocate1D<float>(4);
        Action<Index1D, ArrayView1D<float, Stride1D.Dense>, float> scale = device.Accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView1D<float, Stride1D.Dense>, float>(Scale);

        Assert.Equal("HostTests.Scale, group (0, 0, 0), thread (0, 0, 0): reads element 0 of the buffer of 4 Single, which nothing has written.", Assert.Throws<KernelException>(() => scale(1, x.View, 3f)).Message);

        x.MemSetToZero();
        scale(4, x.View, 3f);
        Assert.Equal([0f, 0, 0, 0], x.GetAsArray1D());
    }

    [Fact]
    public void A_view_of_a_disposed_buffer_is_refused()
    {
        using var device = new TestDevice();
        MemoryBuffer1D<float, Stride1D.Dense> x = device.Accelerator.Allocate1D(new float[4]);
        Action<Index1D, ArrayView1D<float, Stride1D.Dense>, float> scale = device.Accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView1D<float, Stride1D.Dense>, float>(Scale);
        ArrayView1D<float, Stride1D.Dense> view = x.View;
        x.Dispose();

        Assert.Throws<ObjectDisposedException>(() => scale(4, view, 3f));
    }

    [Fact]
    public void A_failed_compilation_poisons_the_context()
    {
        using var device = new TestDevice();

        NotSupportedException failure = Assert.Throws<NotSupportedException>(() => device.Accelerator.LoadStreamKernel<ArrayView1D<float, Stride1D.Dense>>(Throwing));
        Assert.Equal("HostTests.Throwing is not a kernel that runs on every device: it creates objects.", failure.Message);
        Assert.Throws<InvalidOperationException>(() => device.Accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView1D<float, Stride1D.Dense>, float>(Scale));
    }

    [Fact]
    public void Functions_that_do_not_link_on_a_device_are_refused()
    {
        using var device = new TestDevice();

        NotSupportedException failure = Assert.Throws<NotSupportedException>(() => device.Accelerator.LoadStreamKernel<ArrayView1D<float, Stride1D.Dense>>(Fused));
        Assert.Equal("HostTests.Fused is not a kernel that runs on every device: it calls MathF.FusedMultiplyAdd.", failure.Message);
    }

    [Fact]
    public void Methods_that_call_each_other_without_end_are_refused()
    {
        using var device = new TestDevice();

        NotSupportedException failure = Assert.Throws<NotSupportedException>(() => device.Accelerator.LoadStreamKernel<ArrayView1D<float, Stride1D.Dense>>(Endless));
        Assert.EndsWith("calls itself.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void XMath_needs_the_algorithms()
    {
        using var device = new TestDevice(algorithms: false);

        Assert.Throws<NotSupportedException>(() => device.Accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView1D<float, Stride1D.Dense>, float>(Power));
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
        Exception? failure = null;
        float[] result = [];
        var thread = new Thread(() =>
        {
            failure = Record.Exception(() => device.Accelerator.Allocate1D<float>(1));
            device.Accelerator.Bind();
            result = device.Accelerator.Allocate1D(new float[] { 5 }).GetAsArray1D();
        });
        thread.Start();
        thread.Join();

        Assert.IsType<InvalidOperationException>(failure);
        Assert.Equal([5f], result);
    }

    [Fact]
    public void A_context_without_matching_devices_gets_a_CPU_device_all_the_same()
    {
        using Context context = Context.Create(builder => builder.Cuda().OpenCL());

        Assert.Equal(AcceleratorType.CPU, Assert.Single(context.Devices).AcceleratorType);
    }

    [Fact]
    public void The_preferred_device_is_the_one_with_the_most_memory()
    {
        using var machine = new EmulatedMachine(
            new EmulatedDevice("Fast", AcceleratorType.Cuda, 1024, 4L << 30), new EmulatedDevice("Shared", AcceleratorType.OpenCL, 256, 32L << 30));
        using Context context = Context.Create(builder => builder.DefaultCPU().OpenCL().Cuda());

        Assert.Equal(["CPUAccelerator", "Shared", "Fast"], context.Devices.Select(device => device.Name));
        Assert.Equal("Shared", context.GetPreferredDevice(preferCPU: false).Name);
    }

    [Fact]
    public void Memory_is_as_large_as_the_device_says()
    {
        using var machine = new EmulatedMachine(new EmulatedDevice("Small", AcceleratorType.Cuda, 1024, 1000));
        using Context context = Context.Create(builder => builder.Cuda());
        using Accelerator accelerator = context.Devices[0].CreateAccelerator(context);
        using MemoryBuffer1D<float, Stride1D.Dense> first = accelerator.Allocate1D<float>(200);

        Assert.Equal("Out of memory: Small has 1000 bytes, 800 are in use and 204 were asked for.", Assert.Throws<AcceleratorException>(() => accelerator.Allocate1D<float>(51)).Message);
    }

    private static void Scale(Index1D index, ArrayView1D<float, Stride1D.Dense> x, float factor) => x[index] *= factor;

    private static void Power(Index1D index, ArrayView1D<float, Stride1D.Dense> x, float factor) => x[index] = XMath.Exp(factor);

    private static void Throwing(ArrayView1D<float, Stride1D.Dense> x)
    {
        if (Group.IdxX > 3)
            throw new NotSupportedException();
        x[Group.IdxX] = 1;
    }

    private static void Endless(ArrayView1D<float, Stride1D.Dense> x) => x[0] = Even(Group.IdxX);

    private static float Even(int number) => number == 0 ? 1 : Odd(number - 1);

    private static float Odd(int number) => number == 0 ? 0 : Even(number - 1);

    private static void Fused(ArrayView1D<float, Stride1D.Dense> x) => x[Group.IdxX] = MathF.FusedMultiplyAdd(2, 3, x[Group.IdxX]);

    private static void WriteIndex(ArrayView1D<float, Stride1D.Dense> x) => x[Grid.GlobalIndex.X] = Grid.GlobalIndex.X;
}

using System.Reflection;
using ILGPU;
using ILGPU.Runtime;
using Ilgpu.Checker.Devices;
using Ilgpu.Checker.Loading;
using Ilgpu.Checker.Rewriting;

namespace Ilgpu.Checker.Execution;

/// <summary>A kernel loaded on a device.</summary>
internal sealed class CheckedKernel : Kernel
{
    private readonly CheckedAccelerator accelerator;
    private readonly MethodInfo method;
    private readonly TranslatedKernel kernel;
    private KernelFrame[] frames = [];

    /// <summary>Loads a kernel.</summary>
    /// <exception cref="NotSupportedException">ILGPU compiles it, but the checker does not know all that it does.</exception>
    public CheckedKernel(CheckedAccelerator accelerator, AcceptedKernel accepted, MethodInfo? launcher)
        : base(accelerator, accepted, launcher)
    {
        this.accelerator = accelerator;
        method = accepted.SourceMethod;
        kernel = TranslatedKernel.Of(method);
        if (kernel.HasBarriers && accepted.Entry.IsImplictlyGrouped)
            throw KernelCalls.Unsupported(method, "it has barriers but no groups");
    }

    private string Name => $"{method.DeclaringType?.Name}.{method.Name}";

    /// <summary>Runs the kernel.</summary>
    /// <param name="dimension">Groups and their threads, or the number of threads of a kernel without groups.</param>
    /// <param name="values">Arguments.</param>
    public void Run(object dimension, object[] values)
    {
        if (dimension is KernelConfig configuration)
            RunGroups(configuration, values);
        else if (dimension is Index1D extent)
            RunThreads(extent.X, values);
        else
            throw new NotSupportedException($"{Name} runs over {dimension.GetType().Name}; checked devices run kernels of groups, and those of one index.");
    }

    /// <inheritdoc/>
    protected override void DisposeAcceleratorObject(bool disposing)
    {
    }

    private void RunGroups(KernelConfig configuration, object[] values)
    {
        Index3D grid = configuration.GridDim;
        Index3D group = configuration.GroupDim;
        Index3D most = accelerator.MaxGridSize;
        int threads = group.Size;
        if (threads < 1 || threads > accelerator.MaxNumThreadsPerGroup)
            throw new ArgumentOutOfRangeException(nameof(configuration), $"{Name}: a group of {threads} threads does not fit {accelerator.Name}, which allows 1 to {accelerator.MaxNumThreadsPerGroup}.");
        if (grid.X < 1 || grid.Y < 1 || grid.Z < 1 || grid.X > most.X || grid.Y > most.Y || grid.Z > most.Z)
            throw new ArgumentOutOfRangeException(nameof(configuration), $"{Name}: a grid of {grid} groups; sizes are at least 1 and at most {most}.");

        var run = new GroupRun(accelerator, Name, grid, group);
        object arguments = Begin(threads, values);
        Execute(run, () =>
        {
            for (int z = 0; z < grid.Z; z++)
            {
                for (int y = 0; y < grid.Y; y++)
                {
                    for (int x = 0; x < grid.X; x++)
                        RunGroup(run, new Index3D(x, y, z), threads, arguments);
                }
            }
        });
        Record(run, grid.Size, threads);
    }

    /// <summary>Runs a kernel without groups, one thread after another.</summary>
    private void RunThreads(int extent, object[] values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(extent);
        var run = new GroupRun(accelerator, Name, new Index3D(1, 1, 1), new Index3D(Math.Max(1, extent), 1, 1));
        object arguments = Begin(1, [default(Index1D), .. values]);
        Execute(run, () =>
        {
            run.BeginGroup(default);
            for (int index = 0; index < extent; index++)
            {
                kernel.Fields[0].SetValue(arguments, new Index1D(index));
                run.BeginThread(index, fromStart: true);
                frames[0].Arguments = arguments;
                kernel.Step(frames[0]);
            }
        });
        Record(run, extent, threadsPerGroup: 0);
    }

    /// <summary>Counts of a launch that has ended.</summary>
    private void Record(GroupRun run, long groups, int threadsPerGroup) =>
        DeviceRecorder.Launched(new LaunchRecord(method.Name, groups, threadsPerGroup, run.SharedBytes, run.GlobalReads, run.GlobalWrites));

    private object Begin(int threads, object[] values)
    {
        accelerator.CheckBound();
        object arguments = Activator.CreateInstance(kernel.ArgumentsType)!;
        for (int index = 0; index < kernel.Fields.Length; index++)
        {
            if (values[index] is IArrayView { Buffer: CheckedBuffer { Block.Disposed: true } buffer })
                throw new ObjectDisposedException(buffer.Block.Name, $"{Name}: argument {index + 1} is a view of a buffer that was disposed of.");
            kernel.Fields[index].SetValue(arguments, values[index]);
        }

        if (frames.Length < threads)
            frames = [.. Enumerable.Range(0, threads).Select(_ => (KernelFrame)Activator.CreateInstance(kernel.FrameType)!)];
        return arguments;
    }

    private static void Execute(GroupRun run, Action body)
    {
        GroupRun.Enter(run);
        try
        {
            body();
        }
        catch (ArithmeticException failure)
        {
            throw run.Failure(failure.Message, failure);
        }
        finally
        {
            GroupRun.Leave();
        }
    }

    /// <summary>All threads up to the next barrier, until all have returned.</summary>
    private void RunGroup(GroupRun run, Index3D index, int threads, object arguments)
    {
        run.BeginGroup(index);
        for (int thread = 0; thread < threads; thread++)
        {
            frames[thread].State = 0;
            frames[thread].Arguments = arguments;
        }

        bool fromStart = true;
        int barrier;
        do
        {
            barrier = -1;
            for (int thread = 0; thread < threads; thread++)
            {
                run.BeginThread(thread, fromStart);
                int reached = kernel.Step(frames[thread]);
                frames[thread].State = reached;
                if (barrier >= 0 && reached != barrier)
                    throw run.GroupFailure(Divergence(thread, reached, barrier));
                barrier = reached;
            }

            fromStart = false;
            run.PassBarrier();
        }
        while (barrier > 0);
    }

    private static string Divergence(int thread, int reached, int expected)
    {
        string Place(int barrier) => barrier == 0 ? "has returned" : FormattableString.Invariant($"waits at barrier {barrier} of the kernel");
        return FormattableString.Invariant($"thread {thread} {Place(reached)} while thread {thread - 1} {Place(expected)}");
    }
}

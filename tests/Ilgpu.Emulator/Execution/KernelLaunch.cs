using System.Reflection;
using ILGPU.Rewriting;
using ILGPU.Runtime;

namespace ILGPU.Execution;

/// <summary>A kernel loaded on a device.</summary>
internal sealed class KernelLaunch
{
    private const int LargestGridY = 65535;

    private readonly EmulatedAccelerator accelerator;
    private readonly MethodInfo method;
    private readonly CompiledKernel kernel;
    private KernelFrame[] frames = [];

    private KernelLaunch(EmulatedAccelerator accelerator, MethodInfo method)
    {
        this.accelerator = accelerator;
        this.method = method;
        kernel = CompiledKernel.Of(method);
        if (kernel.UsesAlgorithms && !accelerator.Context.HasAlgorithms)
            throw KernelRules.Unsupported(method, "it uses XMath in a context without EnableAlgorithms()");
    }

    private string Name => $"{method.DeclaringType?.Name}.{method.Name}";

    /// <summary>Compiles a kernel for a device.</summary>
    /// <exception cref="NotSupportedException">It does what ILGPU does not compile; its context compiles nothing from then on.</exception>
    public static KernelLaunch Load(Accelerator accelerator, Delegate action)
    {
        ArgumentNullException.ThrowIfNull(accelerator);
        var device = (EmulatedAccelerator)accelerator;
        device.CheckBound();
        if (device.Context.IsPoisoned)
            throw new InvalidOperationException($"{action.Method.Name} cannot be compiled: a kernel failed to compile in this context before, or it was disposed of.");
        device.Context.IsPoisoned = true;
        if (action.Target is not null)
            throw KernelRules.Unsupported(action.Method, "it must be static and capture nothing");
        var launch = new KernelLaunch(device, action.Method);
        device.Context.IsPoisoned = false;
        return launch;
    }

    /// <summary>Runs a kernel of groups.</summary>
    public void Run(KernelConfig configuration, params object[] values)
    {
        Index3D grid = configuration.GridDim;
        Index3D group = configuration.GroupDim;
        int threads = group.Size;
        if (threads < 1 || threads > accelerator.MaxNumThreadsPerGroup)
            throw new ArgumentOutOfRangeException(nameof(configuration), $"{Name}: a group of {threads} threads does not fit {accelerator.Name}, which allows 1 to {accelerator.MaxNumThreadsPerGroup}.");
        if (grid.X < 1 || grid.Y < 1 || grid.Z < 1 || grid.Y > LargestGridY || grid.Z > LargestGridY)
            throw new ArgumentOutOfRangeException(nameof(configuration), $"{Name}: a grid of {grid} groups; each size must be at least 1 and y and z at most {LargestGridY}.");

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
    public void Run(int extent, params object[] values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(extent);
        if (kernel.HasBarriers)
            throw KernelRules.Unsupported(method, "it has barriers but no groups");
        var run = new GroupRun(accelerator, Name, new Index3D(1, 1, 1), new Index3D(Math.Max(1, extent), 1, 1)) { IsUngrouped = true };
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
            if (values[index] is IViewArgument { Block.Disposed: true } view)
                throw new ObjectDisposedException(view.Block.Name, $"{Name}: argument {index + 1} is a view of a buffer that was disposed of.");
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

using System.Runtime.CompilerServices;
using ILGPU;
using Ilgpu.Checker.Devices;

namespace Ilgpu.Checker.Execution;

/// <summary>The group and thread that this operating system thread runs at the moment.</summary>
internal sealed class GroupRun
{
    [ThreadStatic]
    private static GroupRun? current;

    private readonly CheckedAccelerator accelerator;
    private readonly string kernel;
    private readonly List<CheckedBuffer> shared = [];
    private readonly List<CheckedBuffer> local = [];
    private readonly MemoryBlock?[] recent = new MemoryBlock?[8];
    private int allocations;

    public GroupRun(CheckedAccelerator accelerator, string kernel, Index3D gridDimension, Index3D groupDimension)
    {
        this.accelerator = accelerator;
        this.kernel = kernel;
        GridDimension = gridDimension;
        GroupDimension = groupDimension;
        LaunchEpoch = Epochs.Next();
    }

    /// <summary>The run of this operating system thread.</summary>
    public static GroupRun Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => current ?? throw OutsideOfKernels();
    }

    /// <summary>Groups of the launch.</summary>
    public Index3D GridDimension { get; }

    /// <summary>Threads of a group.</summary>
    public Index3D GroupDimension { get; }

    /// <summary>The group.</summary>
    public Index3D GridIndex { get; private set; }

    /// <summary>The thread in its group.</summary>
    public Index3D GroupIndex { get; private set; }

    /// <summary>The thread in its group, x fastest.</summary>
    public int Thread { get; private set; }

    /// <summary>First epoch of the launch.</summary>
    public int LaunchEpoch { get; }

    /// <summary>First epoch of the group.</summary>
    public int GroupEpoch { get; private set; }

    /// <summary>Epoch since the last barrier.</summary>
    public int Epoch { get; private set; }

    /// <summary>Elements of global memory that the launch has read, each as often as it was.</summary>
    public long GlobalReads { get; set; }

    /// <summary>Elements of global memory that it has written.</summary>
    public long GlobalWrites { get; set; }

    /// <summary>Bytes of shared memory of a group.</summary>
    public long SharedBytes => shared.Sum(buffer => buffer.LengthInBytes);

    public static void Enter(GroupRun run) => current = run;

    public static void Leave() => current = null;

    /// <summary>A broken rule at the current thread, or of the host outside of kernels.</summary>
    public static Exception BrokenRule(string rule) => current is { } run ? run.Failure(rule) : new InvalidOperationException(rule + ".");

    public void BeginGroup(Index3D index)
    {
        GridIndex = index;
        Epoch = GroupEpoch = Epochs.Next();
        local.Clear();
        foreach (CheckedBuffer buffer in shared)
            buffer.Block.Poison();
    }

    /// <summary>A barrier that all threads have reached.</summary>
    public void PassBarrier() => Epoch = Epochs.Next();

    /// <summary>Turns to a thread.</summary>
    public void BeginThread(int thread, bool fromStart)
    {
        Thread = thread;
        int x = GroupDimension.X;
        int y = GroupDimension.Y;
        GroupIndex = new Index3D(thread % x, thread / x % y, thread / x / y);
        if (fromStart)
            allocations = 0;
    }

    /// <summary>The next shared allocation of the thread, the same memory for all threads of the group.</summary>
    public ArrayView<T> AllocateShared<T>(int extent)
        where T : unmanaged
    {
        if (allocations == shared.Count)
            shared.Add(new CheckedBuffer(accelerator, new MemoryBlock(FormattableString.Invariant($"shared allocation {allocations + 1} of {extent} {typeof(T).Name}"), MemorySpace.Shared, extent, Unsafe.SizeOf<T>())));
        CheckedBuffer buffer = shared[allocations++];
        MemoryBlock block = buffer.Block;
        if (block.Length != extent)
            throw Failure(FormattableString.Invariant($"{block.Name} has {extent} elements in this thread: threads allocate differently"));
        if (SharedBytes > accelerator.Device.MaxSharedMemoryPerGroup)
            throw Failure(FormattableString.Invariant($"the group allocates more than {accelerator.Device.MaxSharedMemoryPerGroup} bytes of shared memory"));
        return new ArrayView<T>(buffer, 0, extent);
    }

    /// <summary>Memory of the thread.</summary>
    public ArrayView<T> AllocateLocal<T>(int extent)
        where T : unmanaged
    {
        var block = new MemoryBlock(FormattableString.Invariant($"local memory of {extent} {typeof(T).Name}"), MemorySpace.Local, extent, Unsafe.SizeOf<T>());
        var buffer = new CheckedBuffer(accelerator, block);
        local.Add(buffer);
        return new ArrayView<T>(buffer, 0, extent);
    }

    /// <summary>The block that an address lies in; <see langword="null"/> for a variable of the thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe MemoryBlock? Find(void* address)
    {
        MemoryBlock? newest = recent[0];
        return newest is not null && newest.Contains(address) ? newest : FindRecent(address);
    }

    private unsafe MemoryBlock? FindRecent(void* address)
    {
        foreach (MemoryBlock? block in recent)
        {
            if (block is null)
                break;
            if (block.Contains(address))
                return block;
        }

        return FindElsewhere(address);
    }

    private unsafe MemoryBlock? FindElsewhere(void* address)
    {
        MemoryBlock? found = accelerator.Find(address);
        foreach (CheckedBuffer buffer in shared.Concat(local))
        {
            if (buffer.Block.Contains(address))
                found = buffer.Block;
        }

        if (found is not null)
        {
            Array.Copy(recent, 0, recent, 1, recent.Length - 1);
            recent[0] = found;
        }

        return found;
    }

    private static InvalidOperationException OutsideOfKernels() => new("This exists inside of kernels only.");

    /// <summary>A broken rule at the current thread.</summary>
    public KernelException Failure(string rule, Exception? inner = null) =>
        new($"{kernel}, group {GridIndex}, thread {GroupIndex}: {rule}.", inner);

    /// <summary>A broken rule of the group.</summary>
    public KernelException GroupFailure(string rule) => new($"{kernel}, group {GridIndex}: {rule}.");
}

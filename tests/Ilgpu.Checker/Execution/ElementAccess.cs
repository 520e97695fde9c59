using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace Ilgpu.Checker.Execution;

/// <summary>Reads and writes of elements in kernels, whose code is rewritten to call these.</summary>
internal static unsafe class ElementAccess
{
    /// <summary>An element of a view. A call of its own, so that kernels, which run a few times, compile fast.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="view">The view.</param>
    /// <param name="index">The element's index.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ref T Element<T>(ref ArrayView<T> view, int index)
        where T : unmanaged => ref *Locate(view, index, out _);

    /// <summary>An element of a view.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ref T Element<T>(ref ArrayView<T> view, long index)
        where T : unmanaged => ref *Locate(view, index, out _);

    /// <summary>An element of a view.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ref T Element<T>(ref ArrayView<T> view, Index1D index)
        where T : unmanaged => ref *Locate(view, index.X, out _);

    /// <summary>An element of a view.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ref T Element<T>(ref ArrayView<T> view, LongIndex1D index)
        where T : unmanaged => ref *Locate(view, index.X, out _);

    /// <summary>An element of a view with a stride.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ref T Element<T, TStride>(ref ArrayView1D<T, TStride> view, Index1D index)
        where T : unmanaged
        where TStride : struct, IStride1D => ref *Locate(view.BaseView, (long)index.X * view.Stride.XStride, out _);

    /// <summary>An element of a view with a stride.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ref T Element<T, TStride>(ref ArrayView1D<T, TStride> view, LongIndex1D index)
        where T : unmanaged
        where TStride : struct, IStride1D => ref *Locate(view.BaseView, index.X * view.Stride.XStride, out _);

    /// <summary>Reads an element of a view.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="view">The view.</param>
    /// <param name="index">The element's index.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T ReadElement<T>(ref ArrayView<T> view, int index)
        where T : unmanaged
    {
        T* address = Locate(view, index, out MemoryBlock block);
        CheckReads(GroupRun.Current, block, address, sizeof(T));
        return *address;
    }

    /// <summary>Reads an element of a view with a stride.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <typeparam name="TStride">The stride.</typeparam>
    /// <param name="view">The view.</param>
    /// <param name="index">The element's index.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T ReadElement<T, TStride>(ref ArrayView1D<T, TStride> view, int index)
        where T : unmanaged
        where TStride : struct, IStride1D
    {
        T* address = Locate(view.BaseView, (long)index * view.Stride.XStride, out MemoryBlock block);
        CheckReads(GroupRun.Current, block, address, sizeof(T));
        return *address;
    }

    /// <summary>Reads an element or a variable.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="source">Where it is.</param>
    public static T Read<T>(ref T source)
        where T : unmanaged
    {
        void* address = Unsafe.AsPointer(ref source);
        GroupRun run = GroupRun.Current;
        if (run.Find(address) is { } block)
            CheckReads(run, block, address, sizeof(T));
        return source;
    }

    /// <summary>Writes an element or a variable.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="target">Where it is.</param>
    /// <param name="value">The value.</param>
    public static void Write<T>(ref T target, T value)
        where T : unmanaged
    {
        void* address = Unsafe.AsPointer(ref target);
        GroupRun run = GroupRun.Current;
        if (run.Find(address) is { } block)
        {
            long index = block.IndexOf(address);
            long end = index + block.Covered(sizeof(T));
            if (block.Space == MemorySpace.Device)
                run.GlobalWrites += end - index;
            do
                CheckWrite(run, block, index);
            while (++index < end);
        }

        target = value;
    }

    /// <summary>Changes an element as one step, which races with nothing but plain accesses.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="target">Where it is.</param>
    public static void CheckAtomic<T>(ref T target)
        where T : unmanaged
    {
        void* address = Unsafe.AsPointer(ref target);
        GroupRun run = GroupRun.Current;
        MemoryBlock block = run.Find(address) ?? throw run.Failure("an atomic operation needs an element of a view");
        if (block.History(block.IndexOf(address)).WriteEpoch == 0)
            throw Unwritten(run, block, block.IndexOf(address));
    }

    /// <summary>Where an element of a view lies; one outside of it fails the launch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T* Locate<T>(in ArrayView<T> view, long index, out MemoryBlock block)
        where T : unmanaged
    {
        MemoryBlock? found = ViewMemory.BlockOf(view);
        if (found is null || (ulong)index >= (ulong)view.Length)
            throw OutOfBounds(found, index, view.Length);
        block = found;
        return (T*)found.Address + ViewMemory.OffsetOf(view) + index;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckReads(GroupRun run, MemoryBlock block, void* address, int bytes)
    {
        long index = block.IndexOf(address);
        long end = index + block.Covered(bytes);
        if (block.Space == MemorySpace.Device)
            run.GlobalReads += end - index;
        do
        {
            if (IsFirstRead(run, ref block.History(index)))
                CheckRead(run, block, index);
        }
        while (++index < end);
    }

    /// <summary>Whether the thread has not read since the last barrier, nor several. Otherwise nobody has written since, for that write would have failed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsFirstRead(GroupRun run, ref ElementHistory history) =>
        history.ReadEpoch != run.Epoch || (history.Reader != run.Thread && history.Reader >= 0);

    private static void CheckRead(GroupRun run, MemoryBlock block, long index)
    {
        ref ElementHistory history = ref block.History(index);
        int written = history.WriteEpoch;
        if (written == 0)
            throw Unwritten(run, block, index);
        if (block.Space == MemorySpace.Local)
            return;
        if (written >= run.LaunchEpoch)
        {
            if (written < run.GroupEpoch)
                throw Race(run, block, index, "reads", "another group of the launch has written");
            if (written == run.Epoch && history.Writer != run.Thread)
                throw Race(run, block, index, "reads", $"thread {history.Writer} has written since the last barrier");
        }

        if (history.ReadEpoch == run.Epoch)
        {
            if (history.Reader != run.Thread)
                history.Reader = -1;
            return;
        }

        if (history.ReadEpoch >= run.LaunchEpoch && history.ReadEpoch < run.GroupEpoch)
            history.OtherReaderLaunch = run.LaunchEpoch;
        history.ReadEpoch = run.Epoch;
        history.Reader = run.Thread;
    }

    private static void CheckWrite(GroupRun run, MemoryBlock block, long index)
    {
        ref ElementHistory history = ref block.History(index);
        if (block.Space != MemorySpace.Local)
        {
            if (history.WriteEpoch >= run.LaunchEpoch && (history.WriteEpoch < run.GroupEpoch || (history.WriteEpoch == run.Epoch && history.Writer != run.Thread)))
                throw Race(run, block, index, "writes", history.WriteEpoch < run.GroupEpoch ? "another group of the launch has written" : $"thread {history.Writer} has written since the last barrier");
            if (history.ReadEpoch == run.Epoch && history.Reader != run.Thread)
                throw Race(run, block, index, "writes", history.Reader < 0 ? "several threads have read since the last barrier" : $"thread {history.Reader} has read since the last barrier");
            if (history.OtherReaderLaunch == run.LaunchEpoch || (history.ReadEpoch >= run.LaunchEpoch && history.ReadEpoch < run.GroupEpoch))
                throw Race(run, block, index, "writes", "another group of the launch has read");
        }

        history.WriteEpoch = run.Epoch;
        history.Writer = run.Thread;
    }

    private static KernelException OutOfBounds(MemoryBlock? block, long index, long length) =>
        GroupRun.Current.Failure(
            FormattableString.Invariant($"index {index} is outside of a view of {length} elements of {block?.Name ?? "no buffer of this device"}"));

    private static KernelException Unwritten(GroupRun run, MemoryBlock block, long index) =>
        run.Failure(FormattableString.Invariant($"reads element {index} of {block.Name}, which nothing has written"));

    private static KernelException Race(GroupRun run, MemoryBlock block, long index, string does, string other) =>
        run.Failure(FormattableString.Invariant($"{does} element {index} of {block.Name}, which {other}"));
}

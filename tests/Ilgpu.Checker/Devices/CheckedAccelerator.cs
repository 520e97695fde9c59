using System.Reflection;
using ILGPU;
using ILGPU.Runtime;
using Ilgpu.Checker.Execution;
using Ilgpu.Checker.Loading;

namespace Ilgpu.Checker.Devices;

/// <summary>An open checked device.</summary>
internal sealed class CheckedAccelerator : KernelAccelerator<AcceptedKernel, CheckedKernel>
{
    private readonly List<MemoryBlock> blocks = [];
    private readonly CheckedBackend backend;

    /// <summary>Opens a device.</summary>
    public CheckedAccelerator(Context context, CheckedDevice device)
        : base(context, device)
    {
        FailedAssertions.Throw();
        NativePtr = 1;
        DefaultStream = CreateStreamInternal();
        backend = new CheckedBackend(context);
        Bind();
        Init(backend);
    }

    /// <summary>Fails on a thread that has not bound the device, as launches on a CUDA device do.</summary>
    public void CheckBound()
    {
        if (Current != this)
            throw new InvalidOperationException($"{Name} is not bound to this thread; call Accelerator.Bind() first.");
    }

    /// <summary>The block that an address lies in.</summary>
    public unsafe MemoryBlock? Find(void* address)
    {
        foreach (MemoryBlock block in blocks)
        {
            if (block.Contains(address))
                return block;
        }

        return null;
    }

    /// <inheritdoc/>
    public override TExtension CreateExtension<TExtension, TExtensionProvider>(TExtensionProvider provider) =>
        throw new NotSupportedException($"A checked device has no {typeof(TExtension).Name}.");

    /// <inheritdoc/>
    protected override AcceleratorStream CreateStreamInternal() => new CheckedStream(this);

    /// <inheritdoc/>
    protected override MemoryBuffer AllocateRawInternal(long length, int elementSize)
    {
        long bytes = length * elementSize;
        blocks.RemoveAll(freed => freed.Disposed);
        long used = blocks.Sum(block => block.ByteLength);
        if (used + bytes > MemorySize)
            throw new CheckedDeviceException(
                AcceleratorType, FormattableString.Invariant($"Out of memory: {Name} has {MemorySize} bytes, {used} are in use and {bytes} were asked for."));
        var block = new MemoryBlock(
            FormattableString.Invariant($"the buffer of {length} elements of {elementSize} bytes"), MemorySpace.Device, length, elementSize);
        blocks.Add(block);
        DeviceRecorder.Allocated(used + bytes);
        return new CheckedBuffer(this, block);
    }

    /// <inheritdoc/>
    protected override CheckedKernel CreateKernel(AcceptedKernel compiledKernel) => new(this, compiledKernel, null);

    /// <inheritdoc/>
    protected override CheckedKernel CreateKernel(AcceptedKernel compiledKernel, MethodInfo launcher) => new(this, compiledKernel, launcher);

    /// <inheritdoc/>
    protected override MethodInfo GenerateKernelLauncherMethod(AcceptedKernel kernel, int customGroupSize) => LauncherEmitter.Of(kernel.Entry);

    /// <inheritdoc/>
    protected override void SynchronizeInternal()
    {
    }

    /// <inheritdoc/>
    protected override void OnBind()
    {
    }

    /// <inheritdoc/>
    protected override void OnUnbind()
    {
    }

    /// <inheritdoc/>
    protected override int EstimateMaxActiveGroupsPerMultiprocessorInternal(Kernel kernel, int groupSize, int dynamicSharedMemorySizeInBytes) => 1;

    /// <inheritdoc/>
    protected override int EstimateGroupSizeInternal(Kernel kernel, Func<int, int> computeSharedMemorySize, int maxGroupSize, out int minGridSize) =>
        EstimateGroupSizeInternal(kernel, 0, maxGroupSize, out minGridSize);

    /// <inheritdoc/>
    protected override int EstimateGroupSizeInternal(Kernel kernel, int dynamicSharedMemorySizeInBytes, int maxGroupSize, out int minGridSize)
    {
        minGridSize = 1;
        return MaxNumThreadsPerGroup;
    }

    /// <inheritdoc/>
    protected override bool CanAccessPeerInternal(Accelerator otherAccelerator) => false;

    /// <inheritdoc/>
    protected override void EnablePeerAccessInternal(Accelerator otherAccelerator) =>
        throw new NotSupportedException("Checked devices do not see each other's memory.");

    /// <inheritdoc/>
    protected override void DisablePeerAccessInternal(Accelerator otherAccelerator)
    {
    }

    /// <inheritdoc/>
    protected override PageLockScope<T> CreatePageLockFromPinnedInternal<T>(IntPtr pinned, long numElements) =>
        throw new NotSupportedException("Checked devices do not lock memory of the host.");

    /// <inheritdoc/>
    protected override void DisposeAccelerator_SyncRoot(bool disposing)
    {
        if (disposing)
            backend.Dispose();
        foreach (MemoryBlock block in blocks)
            block.Free();
    }
}

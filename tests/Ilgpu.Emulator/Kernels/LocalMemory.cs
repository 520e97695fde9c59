using ILGPU.Execution;

namespace ILGPU;

/// <summary>Memory of a thread; its contents are undefined at first.</summary>
public static class LocalMemory
{
    /// <summary>Allocates memory of the thread.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="extent">Number of elements, a constant.</param>
    public static ArrayView<T> Allocate<T>(int extent)
        where T : unmanaged =>
        new(new MemoryBlock(FormattableString.Invariant($"local memory of {extent} {typeof(T).Name}"), MemorySpace.Local, extent, System.Runtime.CompilerServices.Unsafe.SizeOf<T>()), 0, extent);
}

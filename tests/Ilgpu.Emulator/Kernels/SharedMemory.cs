using ILGPU.Execution;

namespace ILGPU;

/// <summary>Memory of a group; its contents are undefined at the start of a group.</summary>
public static class SharedMemory
{
    /// <summary>Allocates memory that all threads of the group share.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="extent">Number of elements, a constant.</param>
    public static ArrayView<T> Allocate<T>(int extent)
        where T : unmanaged => GroupRun.Current.AllocateShared<T>(extent);
}

using ILGPU;
using Ilgpu.Checker.Execution;

namespace Ilgpu.Checker.Kernels;

/// <summary>What stands in kernels for the members of <see cref="SharedMemory"/> of the same names: memory of a group, undefined at its start.</summary>
internal static class CheckedSharedMemory
{
    public static ArrayView<T> Allocate<T>(int extent)
        where T : unmanaged => GroupRun.Current.AllocateShared<T>(extent);
}

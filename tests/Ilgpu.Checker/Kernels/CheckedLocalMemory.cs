using ILGPU;
using Ilgpu.Checker.Execution;

namespace Ilgpu.Checker.Kernels;

/// <summary>What stands in kernels for the members of <see cref="LocalMemory"/> of the same names: memory of a thread, undefined at first.</summary>
internal static class CheckedLocalMemory
{
    public static ArrayView<T> Allocate<T>(int extent)
        where T : unmanaged => GroupRun.Current.AllocateLocal<T>(extent);
}

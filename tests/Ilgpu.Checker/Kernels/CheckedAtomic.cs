using ILGPU;
using Ilgpu.Checker.Execution;

namespace Ilgpu.Checker.Kernels;

/// <summary>What stands in kernels for the members of <see cref="Atomic"/> of the same names.</summary>
internal static class CheckedAtomic
{
    public static float Add(ref float target, float value)
    {
        ElementAccess.CheckAtomic(ref target);
        return Atomic.Add(ref target, value);
    }

    public static int Add(ref int target, int value)
    {
        ElementAccess.CheckAtomic(ref target);
        return Atomic.Add(ref target, value);
    }
}

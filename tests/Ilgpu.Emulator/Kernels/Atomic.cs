using ILGPU.Execution;

namespace ILGPU;

/// <summary>Operations that no other thread can come between.</summary>
public static class Atomic
{
    /// <summary>Adds to an element; returns what it was.</summary>
    /// <param name="target">The element.</param>
    /// <param name="value">What is added.</param>
    public static float Add(ref float target, float value)
    {
        ElementAccess.CheckAtomic(ref target);
        float old = target;
        target += value;
        return old;
    }

    /// <summary>Adds to an element; returns what it was.</summary>
    /// <param name="target">The element.</param>
    /// <param name="value">What is added.</param>
    public static int Add(ref int target, int value)
    {
        ElementAccess.CheckAtomic(ref target);
        int old = target;
        target += value;
        return old;
    }
}

namespace Ilgpu.Checker.Execution;

/// <summary>One thread of a group between two barriers. The kernel's own frame type adds a field for each of its variables.</summary>
internal abstract class KernelFrame
{
    /// <summary>The barrier that the thread waits at; 0 at the start of the kernel.</summary>
    public int State;

    /// <summary>The launch's arguments, an object with a field for each.</summary>
    public object Arguments = null!;
}

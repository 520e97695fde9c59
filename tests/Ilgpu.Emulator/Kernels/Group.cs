using ILGPU.Execution;

namespace ILGPU;

/// <summary>The group of the thread that runs.</summary>
public static class Group
{
    /// <summary>The thread in its group, x.</summary>
    public static int IdxX => GroupRun.Current.GroupIndex.X;

    /// <summary>The thread in its group, y.</summary>
    public static int IdxY => GroupRun.Current.GroupIndex.Y;

    /// <summary>Threads of a group in x.</summary>
    public static int DimX => GroupRun.Current.GroupDimension.X;

    /// <summary>Threads of a group in y.</summary>
    public static int DimY => GroupRun.Current.GroupDimension.Y;

    /// <summary>Waits until all threads of the group are here.</summary>
    public static void Barrier() =>
        throw GroupRun.Current.Failure("a barrier in code that the emulator does not rewrite; call it in the kernel or in a static method of the kernel's assembly");
}

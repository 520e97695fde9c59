using TinT.Model.Runs;

namespace TinT.Accounting.Launches;

/// <summary>One launch of a generated GPU kernel.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Groups">Groups of its grid; for kernels without groups, threads.</param>
/// <param name="ThreadsPerGroup">Threads of a group; <see langword="null"/> where ILGPU chooses.</param>
/// <param name="SharedBytes">Bytes of shared memory of a group.</param>
/// <param name="RegistersPerThread">Registers of a thread, estimated.</param>
/// <param name="Operations">Operations, those on the zeros that fill up tiles included; a multiply-add of a product is 2.</param>
/// <param name="Reads">Elements of global memory read, of 4 bytes each, as often as a kernel asks for them.</param>
/// <param name="Writes">Elements of global memory written.</param>
public sealed record GpuLaunch(
    string Kernel, long Groups, int? ThreadsPerGroup, int SharedBytes, int RegistersPerThread, long Operations, long Reads, long Writes)
{
    /// <summary>The routine that it belongs to.</summary>
    public RoutineKind Routine { get; init; }

    /// <summary>For the head: what the pass is for.</summary>
    public HeadPass? Head { get; init; }

    /// <summary>Bytes of global memory read and written.</summary>
    public long Bytes => OperationCost.NumberBytes * (Reads + Writes);
}

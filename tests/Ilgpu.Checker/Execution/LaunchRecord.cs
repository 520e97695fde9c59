namespace Ilgpu.Checker.Execution;

/// <summary>A launch that was run.</summary>
/// <param name="Kernel">Name of the kernel's method.</param>
/// <param name="Groups">Groups of its grid; for kernels without groups, threads.</param>
/// <param name="ThreadsPerGroup">Threads of a group; 0 for kernels without groups.</param>
/// <param name="SharedBytes">Bytes of shared memory that a group allocated.</param>
/// <param name="GlobalReads">Elements of global memory read, each as often as it was.</param>
/// <param name="GlobalWrites">Elements of global memory written.</param>
public sealed record LaunchRecord(string Kernel, long Groups, int ThreadsPerGroup, long SharedBytes, long GlobalReads, long GlobalWrites);

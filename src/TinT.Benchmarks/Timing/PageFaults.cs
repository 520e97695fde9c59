using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TinT.Benchmarks.Timing;

/// <summary>What the machine takes for memory that a process touches for the first time, which decides how a program fares that gives its memory back between steps.</summary>
internal static unsafe partial class PageFaults
{
    private const int PageBytes = 4096, Pages = 1 << 14;

    private const int ReadWrite = 3, PrivateAnonymous = 0x22, NoHugePages = 15;

    /// <summary>Microseconds for each fresh page of 4 KiB, the best of a few rounds over 64 MiB; <see langword="null"/> where pages cannot be had one by one.</summary>
    public static double? Measure() =>
        OperatingSystem.IsLinux() ? Enumerable.Range(0, 5).Min(_ => Round()) : null;

    private static double Round()
    {
        const nint Bytes = (nint)Pages * PageBytes;
        byte* memory = (byte*)Map(0, Bytes, ReadWrite, PrivateAnonymous, -1, 0);
        if ((nint)memory == -1)
            throw new InvalidOperationException("The operating system refuses 64 MiB.");
        try
        {
            _ = Advise((nint)memory, Bytes, NoHugePages);
            long start = Stopwatch.GetTimestamp();
            for (nint page = 0; page < Pages; page++)
                memory[page * PageBytes] = 1;
            return Stopwatch.GetElapsedTime(start).TotalMicroseconds / Pages;
        }
        finally
        {
            _ = Unmap((nint)memory, Bytes);
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint bytes, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nint bytes, int advice);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint bytes);
}

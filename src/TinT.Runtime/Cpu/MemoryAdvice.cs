using System.Runtime.InteropServices;

namespace TinT.Runtime.Cpu;

/// <summary>Hints to the operating system about memory.</summary>
internal static unsafe partial class MemoryAdvice
{
    // MADV_HUGEPAGE of <sys/mman.h>, the same on every Linux architecture .NET runs on.
    private const int HugePageAdvice = 14;

    /// <summary>Asks for huge pages behind a range. A hint: where there are none, nothing changes.</summary>
    /// <param name="start">Start of the range, a page boundary.</param>
    /// <param name="bytes">Length, whole pages.</param>
    public static void PreferHugePages(void* start, long bytes)
    {
        if (OperatingSystem.IsLinux())
            _ = Advise(start, (nuint)bytes, HugePageAdvice);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(void* address, nuint length, int advice);
}

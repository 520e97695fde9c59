using System.Runtime.InteropServices;

namespace TinT.Runtime.Cpu.Memory;

/// <summary>Hints to the operating system about memory.</summary>
internal static unsafe partial class MemoryAdvice
{
    // MADV_HUGEPAGE of <sys/mman.h>, the same on every Linux architecture .NET runs on.
    private const int HugePageAdvice = 14;

    /// <summary>Bytes of a huge page.</summary>
    public const long HugePage = 2 * 1024 * 1024;

    /// <summary>Asks for huge pages behind the part of a range that they can cover. A hint: where there are none, nothing changes.</summary>
    /// <param name="start">Start of the range.</param>
    /// <param name="bytes">Length.</param>
    public static void PreferHugePages(void* start, long bytes)
    {
        nuint first = ((nuint)start + (nuint)HugePage - 1) / (nuint)HugePage * (nuint)HugePage;
        nuint end = ((nuint)start + (nuint)bytes) / (nuint)HugePage * (nuint)HugePage;
        if (OperatingSystem.IsLinux() && first < end)
            _ = Advise((void*)first, end - first, HugePageAdvice);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(void* address, nuint length, int advice);
}

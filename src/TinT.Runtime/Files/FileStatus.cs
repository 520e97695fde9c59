using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TinT.Runtime.Files;

/// <summary>What the file system says of a path, all links followed.</summary>
/// <param name="Kind">What lies there.</param>
/// <param name="Identity">Which it is.</param>
internal readonly partial record struct FileStatus(FileKind Kind, FileIdentity Identity)
{
    // Sizes and places of fields are those of the systems' documented structures: statx of Linux, stat of macOS, BY_HANDLE_FILE_INFORMATION of Windows.
    private const int StatusBytes = 256;
    private const int WorkingDirectory = -100;
    private const uint BasicFields = 0x7FF;
    private const string WindowsDevices = @"\\.\";

    /// <summary>The status of a path; <see langword="null"/> if nothing is there or it cannot be reached.</summary>
    /// <param name="path">The path.</param>
    public static FileStatus? Of(string path)
    {
        if (OperatingSystem.IsLinux())
            return OnLinux(path);
        if (OperatingSystem.IsMacOS())
            return OnMac(path);
        return OperatingSystem.IsWindows() ? OnWindows(path) : ByPath(path);
    }

    private static FileStatus? OnLinux(string path)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        try
        {
            if (Statx(WorkingDirectory, path, 0, BasicFields, ref MemoryMarshal.GetReference(status)) != 0)
                return null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return ByPath(path);
        }

        ulong device = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(status[136..]) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(status[140..]);
        return new FileStatus(
            KindOf(BinaryPrimitives.ReadUInt16LittleEndian(status[28..])), new FileIdentity(device, BinaryPrimitives.ReadUInt64LittleEndian(status[32..])));
    }

    private static FileStatus? OnMac(string path)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        ref byte start = ref MemoryMarshal.GetReference(status);
        if ((RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatOnIntel(path, ref start) : Stat(path, ref start)) != 0)
            return null;
        return new FileStatus(
            KindOf(BinaryPrimitives.ReadUInt16LittleEndian(status[4..])),
            new FileIdentity(BinaryPrimitives.ReadUInt32LittleEndian(status), BinaryPrimitives.ReadUInt64LittleEndian(status[8..])));
    }

    private static FileStatus? OnWindows(string path)
    {
        string full = Path.GetFullPath(path);
        if (full.StartsWith(WindowsDevices, StringComparison.Ordinal))
            return new FileStatus(FileKind.Device, new FileIdentity(0, 0, full));
        if (!File.Exists(full))
            return ByPath(full);
        try
        {
            using SafeFileHandle handle = File.OpenHandle(full, share: FileShare.ReadWrite | FileShare.Delete);
            Span<byte> status = stackalloc byte[StatusBytes];
            if (InformationOf(handle, ref MemoryMarshal.GetReference(status)) == 0)
                return ByPath(full);
            ulong number = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(status[44..]) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(status[48..]);
            return new FileStatus(FileKind.File, new FileIdentity(BinaryPrimitives.ReadUInt32LittleEndian(status[28..]), number));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ByPath(full);
        }
    }

    private static FileStatus? ByPath(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        FileIdentity identity = new(0, 0, OperatingSystem.IsWindows() ? full.ToUpperInvariant() : full);
        if (Directory.Exists(full))
            return new FileStatus(FileKind.Directory, identity);
        return File.Exists(full) ? new FileStatus(FileKind.File, identity) : null;
    }

    /// <summary>The kind in a Unix mode.</summary>
    private static FileKind KindOf(int mode) => (mode & 0xF000) switch
    {
        0x8000 => FileKind.File,
        0x4000 => FileKind.Directory,
        0x1000 => FileKind.Pipe,
        0xC000 => FileKind.Socket,
        _ => FileKind.Device,
    };

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int directory, string path, int flags, uint fields, ref byte status);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Stat(string path, ref byte status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatOnIntel(string path, ref byte status);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandle")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int InformationOf(SafeFileHandle file, ref byte status);
}

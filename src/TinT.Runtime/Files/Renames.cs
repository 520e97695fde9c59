using System.Runtime.InteropServices;

namespace TinT.Runtime.Files;

/// <summary>The steps by which finished work takes its place.</summary>
internal static partial class Renames
{
    private const int WorkingDirectory = -100;

    // RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS have the same value.
    private const uint Exchange = 2;

    /// <summary>Told before and after every step; tests end the process there.</summary>
    public static Action? Step { get; set; }

    /// <summary>Whether directories are exchanged where the system can do that; tests try what happens elsewhere.</summary>
    public static bool Exchanges { get; set; } = true;

    /// <summary>Gives a file another name, which may be that of another file: that one is replaced.</summary>
    public static void File(string from, string to) => Do(() => System.IO.File.Move(from, to, overwrite: true));

    /// <summary>Gives a directory another name, which no other may have.</summary>
    public static void Directory(string from, string to) => Do(() => System.IO.Directory.Move(from, to));

    /// <summary>Exchanges two directories in one step.</summary>
    /// <returns>Whether the system and the file system can do that; if not, nothing has changed.</returns>
    public static bool TryExchange(string one, string other)
    {
        if (!Exchanges)
            return false;
        bool exchanged = false;
        Do(() => exchanged = Swap(one, other));
        return exchanged;
    }

    private static bool Swap(string one, string other)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return RenameAt(WorkingDirectory, one, WorkingDirectory, other, Exchange) == 0;
            return OperatingSystem.IsMacOS() && Rename(one, other, Exchange) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    private static void Do(Action rename)
    {
        Step?.Invoke();
        rename();
        Step?.Invoke();
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int RenameAt(int fromDirectory, string from, int toDirectory, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "renamex_np", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Rename(string from, string to, uint flags);
}

using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;

namespace TinT.Runtime.Ilgpu;

/// <summary>Helps ILGPU to the OpenCL loader: it asks for <c>libOpenCL.so</c>, which Linux distributions install with development files only.</summary>
internal static class OpenClLibrary
{
    private const string RuntimeName = "libOpenCL.so.1";

    private static int resolved;

    /// <summary>Sets the resolver, once. An application that has set one for ILGPU's assembly keeps its own.</summary>
    public static void Resolve()
    {
        if (!OperatingSystem.IsLinux() || Interlocked.Exchange(ref resolved, 1) != 0)
            return;
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Find);
        }
        catch (InvalidOperationException)
        {
            // There is one already.
            return;
        }
    }

    /// <summary>The name that a library has where only run-time files are installed; <see langword="null"/> for every library but the OpenCL loader.</summary>
    /// <param name="library">The name that was asked for, with or without <c>lib</c>, path and ending.</param>
    internal static string? RuntimeNameOf(string library)
    {
        string file = Path.GetFileName(library);
        string name = file.StartsWith("lib", StringComparison.OrdinalIgnoreCase) ? file[3..] : file;
        return name.Split('.')[0].Equals("OpenCL", StringComparison.OrdinalIgnoreCase) ? RuntimeName : null;
    }

    /// <summary>The loader under its run-time name; 0 leaves every other library, and a loader that has no such name, to .NET.</summary>
    private static nint Find(string library, Assembly assembly, DllImportSearchPath? search) =>
        RuntimeNameOf(library) is { } name && NativeLibrary.TryLoad(name, assembly, search, out nint handle) ? handle : 0;
}

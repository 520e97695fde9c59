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

    /// <summary>The loader under its run-time name; 0 leaves every other library, and a loader under its usual name, to .NET.</summary>
    internal static nint Find(string library, Assembly assembly, DllImportSearchPath? search)
    {
        bool wanted = library.Contains("OpenCL", StringComparison.OrdinalIgnoreCase);
        return wanted && NativeLibrary.TryLoad(RuntimeName, assembly, search, out nint handle) ? handle : 0;
    }
}

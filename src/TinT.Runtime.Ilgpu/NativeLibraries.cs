using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime.Cuda;

namespace TinT.Runtime.Ilgpu;

/// <summary>Helps ILGPU to libraries that are there, but not under the names that it asks for.</summary>
internal static class NativeLibraries
{
    private static readonly ConcurrentDictionary<Assembly, bool> Resolved = [];

    /// <summary>Before OpenCL is looked for: Linux distributions install <c>libOpenCL.so</c>, which ILGPU asks for, with development files only.</summary>
    public static void ResolveOpenCl() => Resolve(typeof(Context).Assembly);

    /// <summary>Before cuBLAS is opened: ILGPU 1.5 knows its versions up to 12, and has of the library nothing that is different in 13.</summary>
    public static void ResolveCuBlas() => Resolve(typeof(CuBlas).Assembly);

    /// <summary>Another name of a library; <see langword="null"/> for every library but those that ILGPU does not find.</summary>
    /// <param name="library">The name that was asked for, with or without <c>lib</c>, path and ending.</param>
    internal static string? OtherNameOf(string library)
    {
        string file = Path.GetFileName(library);
        string name = (file.StartsWith("lib", StringComparison.OrdinalIgnoreCase) ? file[3..] : file).Split('.')[0];
        if (name.Equals("OpenCL", StringComparison.OrdinalIgnoreCase))
            return OperatingSystem.IsLinux() ? "libOpenCL.so.1" : null;
        if (name.Equals("cublas", StringComparison.OrdinalIgnoreCase))
            return "libcublas.so.13";
        return name.Equals("cublas64_12", StringComparison.OrdinalIgnoreCase) ? "cublas64_13.dll" : null;
    }

    /// <summary>Sets the resolver of an assembly, once. An application that has set one keeps its own.</summary>
    private static void Resolve(Assembly assembly)
    {
        if (!Resolved.TryAdd(assembly, true))
            return;
        try
        {
            NativeLibrary.SetDllImportResolver(assembly, Find);
        }
        catch (InvalidOperationException)
        {
            // There is one already.
            return;
        }
    }

    /// <summary>The library under the name that was asked for, or under its other name; 0 leaves to .NET what has neither.</summary>
    private static nint Find(string library, Assembly assembly, DllImportSearchPath? search) =>
        OtherNameOf(library) is { } other
            && (NativeLibrary.TryLoad(library, assembly, search, out nint handle) || NativeLibrary.TryLoad(other, assembly, search, out handle)) ? handle : 0;
}

using System.Reflection;
using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;

namespace Ilgpu.Checker.Rewriting;

/// <summary>Methods of other assemblies that the checker runs as they are: they touch no memory, or find a part of a view.</summary>
internal static class KernelCalls
{
    private static readonly HashSet<Type> Types =
    [
        typeof(ArrayView<>), typeof(ArrayView1D<,>), typeof(Stride1D.Dense), typeof(Stride1D.General), typeof(ArrayViewExtensions),
        typeof(Index1D), typeof(Index2D), typeof(Index3D), typeof(LongIndex1D), typeof(LongIndex2D), typeof(LongIndex3D),
        typeof(IntrinsicMath), typeof(XMath), typeof(Interop),
    ];

    /// <summary>ILGPU compiles calls of others, such as <see cref="MathF.FusedMultiplyAdd"/>, to functions that no device has.</summary>
    private static readonly HashSet<string> MathFunctions = ["Abs", "Max", "Min", "Sqrt", "Exp", "Tanh", "Floor", "Ceiling"];

    private static readonly HashSet<Assembly> IlgpuAssemblies = [typeof(Group).Assembly, typeof(XMath).Assembly];

    private static readonly string? FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location);

    /// <summary>Whether a method is of a kernel's code, which is translated: that of its assembly and of libraries, but neither ILGPU's nor the framework's.</summary>
    /// <param name="method">The method.</param>
    /// <param name="kernel">The kernel.</param>
    public static bool IsKernelCode(MethodBase method, MethodInfo kernel)
    {
        Assembly assembly = method.Module.Assembly;
        return assembly == kernel.Module.Assembly
            || !(IlgpuAssemblies.Contains(assembly) || (assembly.Location.Length > 0 && Path.GetDirectoryName(assembly.Location) == FrameworkFolder));
    }

    /// <summary>Fails if the checker does not know what a method does.</summary>
    /// <exception cref="NotSupportedException">It does not.</exception>
    public static void Check(MethodInfo kernel, MethodBase called)
    {
        if (!IsKnown(kernel, called))
            throw Unsupported(kernel, $"it calls {called.DeclaringType?.Name}.{called.Name}");
    }

    /// <summary>Whether the checker knows what a method does.</summary>
    public static bool IsKnown(MethodInfo kernel, MethodBase called)
    {
        Type? type = called.DeclaringType;
        return called.Name != "get_Item"
            && (IsKernelCode(called, kernel)
                || Types.Contains(type is { IsGenericType: true } ? type.GetGenericTypeDefinition() : type!)
                || ((type == typeof(MathF) || type == typeof(Math)) && MathFunctions.Contains(called.Name)));
    }

    /// <summary>The exception for what is not checked.</summary>
    public static NotSupportedException Unsupported(MethodInfo method, string reason) =>
        new($"{method.DeclaringType?.Name}.{method.Name} cannot be checked: {reason}.");
}

using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;
using Ilgpu.Checker.Execution;

namespace Ilgpu.Checker.Loading;

/// <summary>Emits what ILGPU calls to launch a kernel: the kernel, a stream, the index or configuration, and the arguments.</summary>
internal static class LauncherEmitter
{
    private const int FirstArgument = 3;

    private static readonly MethodInfo Run = typeof(CheckedKernel).GetMethod(nameof(CheckedKernel.Run))!;

    /// <summary>Launchers by the types of index and arguments, which many kernels have in common.</summary>
    private static readonly ConcurrentDictionary<string, MethodInfo> Launchers = new(StringComparer.Ordinal);

    /// <summary>The launcher of a kernel, which boxes the arguments.</summary>
    public static MethodInfo Of(EntryPoint entry)
    {
        Type[] arguments = [.. Enumerable.Range(0, entry.Parameters.Count).Select(index => entry.Parameters[index])];
        return Launchers.GetOrAdd(
            string.Join(' ', arguments.Prepend(entry.KernelIndexType).Select(type => type.TypeHandle.Value)), _ => Emit(entry.KernelIndexType, arguments));
    }

    private static DynamicMethod Emit(Type index, Type[] arguments)
    {
        var launcher = new DynamicMethod(
            "Launch", typeof(void), [typeof(Kernel), typeof(AcceleratorStream), index, .. arguments], typeof(LauncherEmitter).Module, skipVisibility: true);
        ILGenerator code = launcher.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Castclass, typeof(CheckedKernel));
        code.Emit(OpCodes.Ldarg_2);
        code.Emit(OpCodes.Box, index);
        code.Emit(OpCodes.Ldc_I4, arguments.Length);
        code.Emit(OpCodes.Newarr, typeof(object));
        for (int argument = 0; argument < arguments.Length; argument++)
        {
            code.Emit(OpCodes.Dup);
            code.Emit(OpCodes.Ldc_I4, argument);
            code.Emit(OpCodes.Ldarg, (short)(FirstArgument + argument));
            code.Emit(OpCodes.Box, arguments[argument]);
            code.Emit(OpCodes.Stelem_Ref);
        }

        code.Emit(OpCodes.Call, Run);
        code.Emit(OpCodes.Ret);
        return launcher;
    }
}

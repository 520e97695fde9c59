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

    /// <summary>Emits the launcher of a kernel, which boxes the arguments.</summary>
    public static MethodInfo Emit(EntryPoint entry)
    {
        Type[] arguments = [.. Enumerable.Range(0, entry.Parameters.Count).Select(index => entry.Parameters[index])];
        var launcher = new DynamicMethod("Launch" + entry.Name, typeof(void), [typeof(Kernel), typeof(AcceleratorStream), entry.KernelIndexType, .. arguments], typeof(LauncherEmitter).Module, skipVisibility: true);
        ILGenerator code = launcher.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Castclass, typeof(CheckedKernel));
        code.Emit(OpCodes.Ldarg_2);
        code.Emit(OpCodes.Box, entry.KernelIndexType);
        code.Emit(OpCodes.Ldc_I4, arguments.Length);
        code.Emit(OpCodes.Newarr, typeof(object));
        for (int index = 0; index < arguments.Length; index++)
        {
            code.Emit(OpCodes.Dup);
            code.Emit(OpCodes.Ldc_I4, index);
            code.Emit(OpCodes.Ldarg, (short)(FirstArgument + index));
            code.Emit(OpCodes.Box, arguments[index]);
            code.Emit(OpCodes.Stelem_Ref);
        }

        code.Emit(OpCodes.Call, Run);
        code.Emit(OpCodes.Ret);
        return launcher;
    }
}

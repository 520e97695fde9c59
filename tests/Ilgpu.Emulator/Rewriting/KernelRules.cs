using System.Reflection;
using System.Reflection.Emit;

namespace ILGPU.Rewriting;

/// <summary>What ILGPU cannot compile, or compiles to something that some device refuses.</summary>
internal static class KernelRules
{
    private static readonly HashSet<string> MathFunctions = ["Abs", "Max", "Min", "Sqrt", "Exp", "Tanh", "Floor", "Ceiling"];

    public static void CheckMethod(MethodInfo method)
    {
        if (!method.IsStatic)
            throw Unsupported(method, "it must be static and capture nothing");
        if (method.GetMethodBody() is { ExceptionHandlingClauses.Count: > 0 })
            throw Unsupported(method, "it handles exceptions");
    }

    public static void CheckInstruction(MethodInfo method, Instruction instruction)
    {
        string? reason = instruction.Code.Name switch
        {
            "throw" or "rethrow" => "it throws",
            "ldstr" => "it uses text",
            "box" or "unbox" or "unbox.any" or "castclass" or "isinst" => "it uses objects",
            "localloc" => "it allocates on the stack",
            "calli" or "callvirt" or "ldftn" => "it calls indirectly",
            "stsfld" => "it writes a static field",
            "ldsfld" or "ldsflda" => "it reads the static field " + ((FieldInfo)instruction.Operand!).Name,
            "newobj" when !((MethodBase)instruction.Operand!).DeclaringType!.IsValueType => "it creates objects",
            _ => null,
        };
        if (reason is not null)
            throw Unsupported(method, reason);
    }

    public static void CheckCall(MethodInfo kernel, MethodBase called)
    {
        Type? type = called.DeclaringType;
        bool known = type?.Assembly == typeof(KernelRules).Assembly
            || type?.Assembly == kernel.Module.Assembly
            || ((type == typeof(MathF) || type == typeof(Math)) && MathFunctions.Contains(called.Name));
        if (!known)
            throw Unsupported(kernel, $"it calls {type?.Name}.{called.Name}");
    }

    public static NotSupportedException Unsupported(MethodInfo method, string reason) =>
        new($"{method.DeclaringType?.Name}.{method.Name} is not a kernel that runs on every device: {reason}.");
}

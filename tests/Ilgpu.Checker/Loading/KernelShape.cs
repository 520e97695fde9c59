using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Text;
using Ilgpu.Checker.Rewriting;

namespace Ilgpu.Checker.Loading;

/// <summary>
/// A kernel's instructions and those of the methods of its assembly that it calls, without the values of constants and the names of methods: ILGPU compiles
/// all kernels of a shape, or none of them.
/// </summary>
internal static class KernelShape
{
    /// <summary>The shape as text.</summary>
    public static string Of(MethodInfo kernel)
    {
        var shape = new StringBuilder();
        List<MethodBase> methods = [kernel];
        for (int number = 0; number < methods.Count; number++)
        {
            MethodBase method = methods[number];
            shape.Append('\n').AppendJoin(' ', method.GetParameters().Select(parameter => parameter.ParameterType));
            shape.Append('|').AppendJoin(' ', method.GetMethodBody()!.LocalVariables.Select(local => local.LocalType));
            IReadOnlyList<Instruction> instructions = MethodReader.Read(method);
            Dictionary<int, int> places = instructions.Select((instruction, place) => (instruction.Offset, place)).ToDictionary();
            foreach (Instruction instruction in instructions)
                shape.Append('\n').Append(NameOf(instruction.Code)).Append(' ').Append(OperandOf(instruction, places, methods));
        }

        return shape.ToString();
    }

    /// <summary>The length of an instruction says how large its constant is, or how far its target.</summary>
    private static string NameOf(OpCode code)
    {
        string name = InstructionCopy.LongForm(code).Name!;
        return name.StartsWith("ldc.i4", StringComparison.Ordinal) ? "ldc.i4" : name;
    }

    private static string OperandOf(Instruction instruction, Dictionary<int, int> places, List<MethodBase> methods) => instruction.Operand switch
    {
        null => string.Empty,
        int target when instruction.Code.OperandType is OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget => places[target].ToString(
            CultureInfo.InvariantCulture),
        int[] targets => string.Join(' ', targets.Select(target => places[target])),
        MethodInfo { IsStatic: true, IsGenericMethod: false } method when method.Module == methods[0].Module => NumberOf(method, methods),
        MemberInfo member => $"{member.DeclaringType} {member}",
        object value when !instruction.Code.Name!.StartsWith("ldc", StringComparison.Ordinal) => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => string.Empty,
    };

    private static string NumberOf(MethodInfo method, List<MethodBase> methods)
    {
        if (!methods.Contains(method))
            methods.Add(method);
        return $"method {methods.IndexOf(method)} {method.ReturnType}";
    }
}

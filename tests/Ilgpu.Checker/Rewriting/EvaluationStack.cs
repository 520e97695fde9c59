using System.Reflection;
using System.Reflection.Emit;

namespace Ilgpu.Checker.Rewriting;

/// <summary>Types of the values on the evaluation stack, instruction by instruction, so that values can be kept while a thread waits.</summary>
/// <param name="method">The method.</param>
internal sealed class EvaluationStack(MethodInfo method)
{
    private readonly Type[] parameters = MethodSignature.Of(method);
    private readonly Type[] locals = [.. method.GetMethodBody()!.LocalVariables.Select(local => local.LocalType)];

    private readonly Dictionary<int, Type[]> atTargets = [];
    private List<Type> types = [];
    private bool unreachable;

    /// <summary>Types, the bottom first.</summary>
    public IReadOnlyList<Type> Types => types;

    /// <summary>Arrives at an instruction, by falling into it or by a jump that came before.</summary>
    public void Arrive(int offset)
    {
        if (!unreachable)
            return;
        types = atTargets.TryGetValue(offset, out Type[]? known) ? [.. known] : [];
        unreachable = false;
    }

    /// <summary>Follows an instruction.</summary>
    public void Follow(Instruction instruction)
    {
        OpCode code = instruction.Code;
        Type[] pushed = Apply(instruction);
        types.AddRange(pushed);
        if (code.OperandType is OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget)
            atTargets.TryAdd((int)instruction.Operand!, [.. types]);
        else if (code.OperandType == OperandType.InlineSwitch)
            Array.ForEach((int[])instruction.Operand!, target => atTargets.TryAdd(target, [.. types]));
        unreachable = code.FlowControl is FlowControl.Branch or FlowControl.Return;
    }

    /// <summary>Takes off what an instruction takes; returns what it puts on.</summary>
    private Type[] Apply(Instruction instruction)
    {
        object? operand = instruction.Operand;
        string name = instruction.Code.Name!;
        string stem = name.Split('.')[0];
        switch (stem)
        {
            case "nop" or "br" or "volatile" or "readonly" or "constrained" or "tail":
                return [];
            case "ret":
                types.Clear();
                return [];
            case "ldarg":
                return [parameters[Index(instruction)]];
            case "ldarga":
                return [parameters[(int)operand!].MakeByRefType()];
            case "ldloc":
                return [locals[Index(instruction)]];
            case "ldloca":
                return [locals[(int)operand!].MakeByRefType()];
            case "starg" or "stloc" or "pop" or "brtrue" or "brfalse" or "switch" or "initobj":
                Pop(1);
                return [];
            case "ldc":
                return [name.StartsWith("ldc.i4", StringComparison.Ordinal) ? typeof(int) : Constant(name)];
            case "dup":
                return [types[^1]];
            case "beq" or "bge" or "bgt" or "ble" or "blt" or "bne" or "stind" or "stobj" or "stfld":
                Pop(2);
                return [];
            case "ceq" or "cgt" or "clt":
                Pop(2);
                return [typeof(int)];
            case "neg" or "not":
                return [Pop(1)];
            case "conv":
                Pop(1);
                return [Converted(name)];
            case "ldind" or "ldobj":
                Pop(1);
                return [KernelRewriter.ElementType(instruction)];
            case "ldfld":
                Pop(1);
                return [((FieldInfo)operand!).FieldType];
            case "ldflda":
                Pop(1);
                return [((FieldInfo)operand!).FieldType.MakeByRefType()];
            case "newarr":
                Pop(1);
                return [((Type)operand!).MakeArrayType()];
            case "ldlen":
                Pop(1);
                return [typeof(nint)];
            case "ldelem" or "ldelema":
                Type element = types[^2].GetElementType()!;
                Pop(2);
                return [stem == "ldelema" ? element.MakeByRefType() : element];
            case "stelem":
                Pop(3);
                return [];
            case "call":
                return Call((MethodBase)operand!);
            case "newobj":
                Pop(((MethodBase)operand!).GetParameters().Length);
                return [((MethodBase)operand!).DeclaringType!];
            case "add" or "sub" or "mul" or "div" or "rem" or "and" or "or" or "xor" or "shl" or "shr":
                Pop(1);
                return [Pop(1)];
            default:
                throw new NotSupportedException($"{method.Name} has the instruction {name}, which the checker does not know.");
        }
    }

    private Type[] Call(MethodBase called)
    {
        Pop(called.GetParameters().Length + (called.IsStatic ? 0 : 1));
        Type result = (called as MethodInfo)?.ReturnType ?? typeof(void);
        return result == typeof(void) ? [] : [result];
    }

    /// <summary>Takes values off; returns the type of the lowest.</summary>
    private Type Pop(int count)
    {
        if (count == 0)
            return typeof(void);
        Type lowest = types[^count];
        types.RemoveRange(types.Count - count, count);
        return lowest;
    }

    private static int Index(Instruction instruction) => instruction.Operand as int? ?? instruction.Code.Name![^1] - '0';

    private static Type Constant(string name) => name switch
    {
        "ldc.i8" => typeof(long),
        "ldc.r4" => typeof(float),
        _ => typeof(double),
    };

    private static Type Converted(string name) => name switch
    {
        "conv.r4" => typeof(float),
        "conv.r8" or "conv.r.un" => typeof(double),
        "conv.i8" or "conv.u8" => typeof(long),
        "conv.i" or "conv.u" => typeof(nint),
        _ => typeof(int),
    };
}

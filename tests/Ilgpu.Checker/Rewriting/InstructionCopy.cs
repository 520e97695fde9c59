using System.Reflection;
using System.Reflection.Emit;

namespace Ilgpu.Checker.Rewriting;

/// <summary>Emits what needs no translation.</summary>
internal static class InstructionCopy
{
    private static readonly Dictionary<OpCode, OpCode> LongForms = FindLongForms();

    /// <summary>Distances grow, so that every jump takes its long form.</summary>
    public static OpCode LongForm(OpCode code) => LongForms.GetValueOrDefault(code, code);

    /// <summary>Emits an instruction as it is.</summary>
    public static void Copy(ILGenerator il, Instruction instruction)
    {
        switch (instruction.Operand)
        {
            case null:
                il.Emit(instruction.Code);
                break;
            case int value when instruction.Code.OperandType == OperandType.ShortInlineI:
                if (instruction.Code == OpCodes.Ldc_I4_S)
                    il.Emit(OpCodes.Ldc_I4, value);
                else
                    il.Emit(instruction.Code, (byte)value);
                break;
            case int value:
                il.Emit(instruction.Code, value);
                break;
            case long value:
                il.Emit(instruction.Code, value);
                break;
            case float value:
                il.Emit(instruction.Code, value);
                break;
            case double value:
                il.Emit(instruction.Code, value);
                break;
            case MethodInfo method:
                il.Emit(instruction.Code, method);
                break;
            case ConstructorInfo constructor:
                il.Emit(instruction.Code, constructor);
                break;
            case FieldInfo field:
                il.Emit(instruction.Code, field);
                break;
            case Type type:
                il.Emit(instruction.Code, type);
                break;
            default:
                throw new NotSupportedException($"The instruction {instruction.Code.Name} has an operand that the checker does not know.");
        }
    }

    private static Dictionary<OpCode, OpCode> FindLongForms()
    {
        Dictionary<string, OpCode> codes = typeof(OpCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (OpCode)field.GetValue(null)!)
            .ToDictionary(code => code.Name!, StringComparer.Ordinal);
        return codes.Values
            .Where(code => code.OperandType == OperandType.ShortInlineBrTarget)
            .ToDictionary(code => code, code => codes[code.Name![..^2]]);
    }
}

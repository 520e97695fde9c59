using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Ilgpu.Checker.Rewriting;

/// <summary>Reads the instructions of a method.</summary>
internal static class MethodReader
{
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    private static readonly ConditionalWeakTable<MethodBase, IReadOnlyList<Instruction>> Known = [];

    /// <summary>The instructions of a method, which are read once; calls of interfaces on structs are those of the structs.</summary>
    public static IReadOnlyList<Instruction> Read(MethodBase method) => Known.GetValue(method, ReadUnknown);

    private static List<Instruction> ReadUnknown(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? throw new NotSupportedException($"{method.Name} has no code.");
        var instructions = new List<Instruction>();
        int position = 0;
        while (position < code.Length)
        {
            int offset = position;
            int value = code[position++];
            if (value == 0xFE)
                value = 0xFE00 | code[position++];
            OpCode opCode = Codes[value];
            object? operand = Operand(method, opCode, code.AsSpan(position), position, out int length);
            position += length;
            if (instructions.Count > 0 && instructions[^1].Code == OpCodes.Constrained)
            {
                Instruction prefix = instructions[^1];
                instructions[^1] = new Instruction(prefix.Offset, OpCodes.Call, InterfaceCalls.Target((Type)prefix.Operand!, (MethodInfo)operand!));
                continue;
            }

            instructions.Add(new Instruction(offset, opCode, operand));
        }

        return instructions;
    }

    private static object? Operand(MethodBase method, OpCode code, ReadOnlySpan<byte> bytes, int position, out int length)
    {
        switch (code.OperandType)
        {
            case OperandType.InlineNone:
                length = 0;
                return null;
            case OperandType.ShortInlineBrTarget:
                length = 1;
                return position + 1 + (sbyte)bytes[0];
            case OperandType.ShortInlineI when code.Value == OpCodes.Ldc_I4_S.Value:
                length = 1;
                return (int)(sbyte)bytes[0];
            case OperandType.ShortInlineI or OperandType.ShortInlineVar:
                length = 1;
                return (int)bytes[0];
            case OperandType.InlineVar:
                length = 2;
                return (int)BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            case OperandType.InlineI8:
                length = 8;
                return BinaryPrimitives.ReadInt64LittleEndian(bytes);
            case OperandType.InlineR:
                length = 8;
                return BinaryPrimitives.ReadDoubleLittleEndian(bytes);
            case OperandType.ShortInlineR:
                length = 4;
                return BinaryPrimitives.ReadSingleLittleEndian(bytes);
            case OperandType.InlineSwitch:
                int count = BinaryPrimitives.ReadInt32LittleEndian(bytes);
                length = 4 + (4 * count);
                var targets = new int[count];
                for (int i = 0; i < count; i++)
                    targets[i] = position + length + BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 + (4 * i))..]);
                return targets;
            default:
                length = 4;
                int token = BinaryPrimitives.ReadInt32LittleEndian(bytes);
                return code.OperandType switch
                {
                    OperandType.InlineBrTarget => position + 4 + token,
                    OperandType.InlineI => token,
                    OperandType.InlineString => method.Module.ResolveString(token),
                    _ => method.Module.ResolveMember(
                        token, method.DeclaringType?.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null),
                };
        }
    }
}

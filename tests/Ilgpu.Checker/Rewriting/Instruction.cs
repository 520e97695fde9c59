using System.Reflection.Emit;

namespace Ilgpu.Checker.Rewriting;

/// <summary>One instruction of a method.</summary>
/// <param name="Offset">Its place.</param>
/// <param name="Code">What it does.</param>
/// <param name="Operand">Number, type, member, or offsets of targets.</param>
internal sealed record Instruction(int Offset, OpCode Code, object? Operand);

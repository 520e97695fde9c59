using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using ILGPU;
using Ilgpu.Checker.Execution;

namespace Ilgpu.Checker.Rewriting;

/// <summary>
/// Translates a kernel: barriers become suspensions and accesses to elements calls of <see cref="ElementAccess"/>. Methods of kernel code that it calls
/// are translated alike; static ones with barriers are put in place of their calls, and those that touch no memory run as they are.
/// </summary>
internal sealed class KernelRewriter
{
    private const int DeepestCall = 16;

    private static readonly MethodInfo Barrier = typeof(Group).GetMethod(nameof(Group.Barrier))!;
    private static readonly MethodInfo Read = typeof(ElementAccess).GetMethod(nameof(ElementAccess.Read))!;
    private static readonly MethodInfo Write = typeof(ElementAccess).GetMethod(nameof(ElementAccess.Write))!;

    private static readonly ConditionalWeakTable<MethodInfo, DynamicMethod> CalledMethods = [];

    private readonly MethodInfo kernel;
    private readonly KernelBody body = new();
    private readonly Dictionary<MethodInfo, bool> barriers = [];
    private readonly Dictionary<MethodBase, bool> memory = [];

    private readonly int callDepth;

    private KernelRewriter(MethodInfo kernel, int callDepth)
    {
        this.kernel = kernel;
        this.callDepth = callDepth;
    }

    /// <summary>Translates a kernel.</summary>
    /// <exception cref="NotSupportedException">The checker does not know all that it does.</exception>
    public static KernelBody Run(MethodInfo kernel) => Run(kernel, 0);

    private static KernelBody Run(MethodInfo kernel, int callDepth)
    {
        var rewriter = new KernelRewriter(kernel, callDepth);
        rewriter.Translate(kernel, null, 0);
        return rewriter.body;
    }

    /// <summary>A method without barriers, translated once for all kernels that call it.</summary>
    private DynamicMethod Translated(MethodInfo method) =>
        CalledMethods.GetValue(method, called => KernelEmitter.EmitCalled(called, Run(called, callDepth + 1)));

    /// <summary>Appends a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arguments">Variables with its arguments; <see langword="null"/> for the kernel itself.</param>
    /// <param name="depth">Calls that it is inside of.</param>
    private void Translate(MethodInfo method, int[]? arguments, int depth)
    {
        IReadOnlyList<Instruction> instructions = MethodReader.Read(method);
        int[] locals = [.. method.GetMethodBody()!.LocalVariables.Select(local => body.NewLocal(local.LocalType))];
        arguments ??= CopyAssignedArguments(method, instructions);
        Dictionary<int, int> labels = instructions
            .SelectMany(instruction => Targets(instruction))
            .Distinct()
            .ToDictionary(offset => offset, _ => body.NewLabel());
        int end = body.NewLabel();
        var stack = new EvaluationStack(method);
        int result = depth > 0 && method.ReturnType != typeof(void) ? body.NewLocal(method.ReturnType) : -1;
        for (int i = 0; i < instructions.Count; i++)
        {
            Instruction instruction = instructions[i];
            if (labels.TryGetValue(instruction.Offset, out int label))
                body.AddMark(label);
            stack.Arrive(instruction.Offset);
            if (instruction.Code == OpCodes.Ret)
                Return(depth, end, result);
            else if (ViewAccess.Find(instructions, i, labels) is { } access)
                i = Access(access, instructions, i, stack);
            else if (instruction.Operand is MethodInfo called && HasBarrier(called, 0))
                Keep(stack, called, () => Translate(instruction, arguments, locals, labels, depth));
            else
                Translate(instruction, arguments, locals, labels, depth);
            stack.Follow(instructions[i]);
        }

        body.AddMark(end);
        if (depth == 0)
            body.AddReturn();
        else if (result >= 0)
            body.AddLocal(OpCodes.Ldloc, result);
    }

    /// <summary>Calls what stands for some instructions; returns the last of them.</summary>
    private int Access(ViewAccess access, IReadOnlyList<Instruction> instructions, int first, EvaluationStack stack)
    {
        body.Add((ILGenerator il) => il.Emit(OpCodes.Call, access.Method));
        int last = first + access.Count - 1;
        for (int i = first; i < last; i++)
            stack.Follow(instructions[i]);
        return last;
    }

    /// <summary>Arguments are common to all threads, so that a thread that assigns to one needs a variable of its own.</summary>
    private int[] CopyAssignedArguments(MethodInfo method, IReadOnlyList<Instruction> instructions)
    {
        Type[] parameters = MethodSignature.Of(method);
        var variables = new int[parameters.Length];
        for (int i = 0; i < variables.Length; i++)
        {
            int index = i;
            variables[i] = -1;
            if (!instructions.Any(instruction => instruction.Code.Name!.StartsWith("starg", StringComparison.Ordinal) && (int)instruction.Operand! == index))
                continue;
            int variable = variables[i] = body.NewLocal(parameters[i]);
            body.Add((KernelEmitter emitter) => emitter.LoadArgument(index, address: false));
            body.AddLocal(OpCodes.Stloc, variable);
        }

        return variables;
    }

    private void Return(int depth, int end, int result)
    {
        if (depth == 0)
        {
            body.AddReturn();
            return;
        }

        if (result >= 0)
            body.AddLocal(OpCodes.Stloc, result);
        body.AddJump(OpCodes.Br, end);
    }

    private void Translate(Instruction instruction, int[] arguments, int[] locals, Dictionary<int, int> labels, int depth)
    {
        OpCode code = instruction.Code;
        string name = code.Name!;
        string stem = name.Split('.')[0];
        switch (stem)
        {
            case "ldarg" or "ldarga":
                LoadArgument(arguments, Index(instruction), stem == "ldarga");
                break;
            case "starg":
                body.AddLocal(OpCodes.Stloc, arguments[(int)instruction.Operand!]);
                break;
            case "ldloc" or "ldloca" or "stloc":
                OpCode access = stem == "ldloc" ? OpCodes.Ldloc : stem == "ldloca" ? OpCodes.Ldloca : OpCodes.Stloc;
                int local = locals[Index(instruction)];
                body.AddLocal(access, local);
                break;
            case "ldind" or "ldobj":
                MethodInfo read = Read.MakeGenericMethod(ElementType(instruction));
                body.Add((ILGenerator il) => il.Emit(OpCodes.Call, read));
                break;
            case "stind" or "stobj":
                MethodInfo write = Write.MakeGenericMethod(ElementType(instruction));
                body.Add((ILGenerator il) => il.Emit(OpCodes.Call, write));
                break;
            case "call":
                Call(instruction, depth);
                break;
            case "switch":
                int[] targets = [.. ((int[])instruction.Operand!).Select(offset => labels[offset])];
                body.AddSwitch(targets);
                break;
            default:
                if (code.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch)
                    body.AddJump(InstructionCopy.LongForm(code), labels[(int)instruction.Operand!]);
                else
                    body.Add((ILGenerator il) => InstructionCopy.Copy(il, instruction));
                break;
        }
    }

    /// <summary>Keeps the values below a call's arguments in variables while threads wait inside of it.</summary>
    private void Keep(EvaluationStack stack, MethodInfo called, Action call)
    {
        int parameters = called.GetParameters().Length + (called.IsStatic ? 0 : 1);
        Type[] types = [.. stack.Types];
        if (types.Length == parameters)
        {
            call();
            return;
        }

        if (Array.Find(types[..^parameters], type => type.IsByRef) is not null)
            throw KernelCalls.Unsupported(
                kernel, $"the call of {called.Name}, which has a barrier, lies inside of an assignment; assign its result to a variable first");
        int[] variables = [.. types.Select(body.NewLocal)];
        for (int index = types.Length - 1; index >= 0; index--)
        {
            int variable = variables[index];
            body.AddLocal(OpCodes.Stloc, variable);
        }

        Load(variables[^parameters..]);
        call();
        if (called.ReturnType == typeof(void))
        {
            Load(variables[..^parameters]);
            return;
        }

        int result = body.NewLocal(called.ReturnType);
        body.AddLocal(OpCodes.Stloc, result);
        Load([.. variables[..^parameters], result]);
    }

    private void Load(int[] variables)
    {
        foreach (int variable in variables)
            body.AddLocal(OpCodes.Ldloc, variable);
    }

    /// <summary>Whether a thread may wait inside of a method.</summary>
    private bool HasBarrier(MethodInfo method, int depth)
    {
        if (method == Barrier)
            return true;
        if (!KernelCalls.IsKernelCode(method, kernel) || depth > DeepestCall)
            return false;
        if (!barriers.TryGetValue(method, out bool has))
            barriers[method] = has = MethodReader.Read(method).Any(instruction => instruction.Operand is MethodInfo called && HasBarrier(called, depth + 1));
        return has;
    }

    /// <summary>Whether a method accesses elements or asks for something that only a device has; else it can run as it is.</summary>
    private bool TouchesMemory(MethodBase method, int depth)
    {
        if (method is MethodInfo replaced && Substitutes.Of(replaced) is not null)
            return true;
        if (!KernelCalls.IsKernelCode(method, kernel))
            return false;
        if (depth > DeepestCall || MethodSignature.Of(method).Skip(method.IsStatic ? 0 : 1).Any(type => type.IsByRef))
            return true;
        if (!memory.TryGetValue(method, out bool touches))
        {
            memory[method] = touches = MethodReader.Read(method).Any(instruction =>
                instruction.Code.Name!.Split('.')[0] is "ldobj" or "stobj" or "ldind" or "stind"
                || (instruction.Operand is MethodBase called && (!KernelCalls.IsKnown(kernel, called) || TouchesMemory(called, depth + 1))));
        }

        return touches;
    }

    private void LoadArgument(int[] arguments, int index, bool address)
    {
        int variable = arguments[index];
        if (variable >= 0)
            body.AddLocal(address ? OpCodes.Ldloca : OpCodes.Ldloc, variable);
        else
            body.Add((KernelEmitter emitter) => emitter.LoadArgument(index, address));
    }

    private void Call(Instruction instruction, int depth)
    {
        var called = (MethodBase)instruction.Operand!;
        if (called == Barrier)
        {
            body.AddBarrier();
            return;
        }

        if (called is MethodInfo replaced && Substitutes.Of(replaced) is { } substitute)
        {
            body.Add((ILGenerator il) => il.Emit(OpCodes.Call, substitute));
            return;
        }

        KernelCalls.Check(kernel, called);
        if (called == kernel || depth + callDepth >= DeepestCall)
            throw KernelCalls.Unsupported(kernel, $"{called.Name} calls itself");
        if (!TouchesMemory(called, 0))
        {
            body.Add((ILGenerator il) => InstructionCopy.Copy(il, instruction));
            return;
        }

        if (called is not MethodInfo method)
            throw KernelCalls.Unsupported(kernel, $"the constructor of {called.DeclaringType?.Name} touches memory");
        if (!HasBarrier(method, 0))
        {
            DynamicMethod translated = Translated(method);
            body.Add((ILGenerator il) => il.Emit(OpCodes.Call, translated));
            return;
        }

        if (!method.IsStatic || Array.Exists(MethodSignature.Of(method), type => type.IsByRef))
            throw KernelCalls.Unsupported(kernel, $"{method.Name}, which has a barrier, takes a reference; hand over the value");
        int[] arguments = [.. method.GetParameters().Select(parameter => body.NewLocal(parameter.ParameterType))];
        foreach (int argument in arguments.Reverse())
            body.AddLocal(OpCodes.Stloc, argument);
        Translate(method, arguments, depth + 1);
    }

    private static int Index(Instruction instruction) => instruction.Operand as int? ?? instruction.Code.Name![^1] - '0';

    private static int[] Targets(Instruction instruction) => instruction.Code.OperandType switch
    {
        OperandType.InlineSwitch => (int[])instruction.Operand!,
        OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget => [(int)instruction.Operand!],
        _ => [],
    };

    /// <summary>Type of the element or variable that an instruction reads or writes through a reference.</summary>
    internal static Type ElementType(Instruction instruction) => instruction.Code.Name switch
    {
        "ldind.r4" or "stind.r4" => typeof(float),
        "ldind.r8" or "stind.r8" => typeof(double),
        "ldind.i4" or "stind.i4" => typeof(int),
        "ldind.u4" => typeof(uint),
        "ldind.i8" or "stind.i8" => typeof(long),
        "ldind.i1" or "stind.i1" => typeof(sbyte),
        "ldind.u1" => typeof(byte),
        "ldind.i2" or "stind.i2" => typeof(short),
        "ldind.u2" => typeof(ushort),
        _ => (Type)instruction.Operand!,
    };
}

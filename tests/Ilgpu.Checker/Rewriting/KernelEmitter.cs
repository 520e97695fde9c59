using System.Reflection;
using System.Reflection.Emit;
using Ilgpu.Checker.Execution;

namespace Ilgpu.Checker.Rewriting;

/// <summary>
/// Emits a kernel as a method that runs one thread up to its next barrier: variables are kept in the thread's frame while it
/// waits, and the method jumps to behind the barrier when it is called again.
/// </summary>
internal sealed class KernelEmitter
{
    private static readonly FieldInfo State = typeof(KernelFrame).GetField(nameof(KernelFrame.State))!;
    private static readonly FieldInfo ArgumentsField = typeof(KernelFrame).GetField(nameof(KernelFrame.Arguments))!;

    private readonly FieldInfo?[] fields;
    private readonly int[][] kept;
    private readonly Type? argumentsType;
    private readonly LocalBuilder[] locals;
    private readonly Label[] labels;
    private readonly Label[] resumptions;
    private readonly LocalBuilder? frame;
    private readonly LocalBuilder? arguments;

    private KernelEmitter(ILGenerator code, KernelBody body, Type? frameType, Type? argumentsType, FieldInfo?[] fields, int[][] kept)
    {
        Code = code;
        this.fields = fields;
        this.kept = kept;
        this.argumentsType = argumentsType;
        frame = frameType is null ? null : code.DeclareLocal(frameType);
        arguments = argumentsType is null ? null : code.DeclareLocal(argumentsType);
        locals = [.. body.Locals.Select(type => code.DeclareLocal(type))];
        labels = [.. Enumerable.Range(0, body.LabelCount).Select(_ => code.DefineLabel())];
        resumptions = [.. Enumerable.Range(0, body.BarrierCount).Select(_ => code.DefineLabel())];
    }

    public ILGenerator Code { get; }

    /// <summary>Emits the method.</summary>
    public static Func<KernelFrame, int> Emit(MethodInfo kernel, KernelBody body, int[][] kept, Type frameType, Type argumentsType)
    {
        FieldInfo?[] fields = [.. Enumerable.Range(0, body.Locals.Count).Select(index => frameType.GetField(KernelTypes.LocalName(index)))];
        var method = new DynamicMethod(kernel.Name, typeof(int), [typeof(KernelFrame)], kernel.Module, skipVisibility: true);
        var emitter = new KernelEmitter(method.GetILGenerator(), body, frameType, argumentsType, fields, kept);
        emitter.Enter();
        body.Emit(emitter);
        return method.CreateDelegate<Func<KernelFrame, int>>();
    }

    /// <summary>Emits a method without barriers that kernels call: it keeps its own arguments and variables.</summary>
    public static DynamicMethod EmitCalled(MethodInfo method, KernelBody body)
    {
        var emitted = new DynamicMethod(method.Name, method.ReturnType, MethodSignature.Of(method), method.Module, skipVisibility: true);
        body.Emit(new KernelEmitter(emitted.GetILGenerator(), body, null, null, [], []));
        return emitted;
    }

    public void LoadArgument(int index, bool address)
    {
        if (arguments is null)
        {
            Code.Emit(address ? OpCodes.Ldarga : OpCodes.Ldarg, (short)index);
            return;
        }

        Code.Emit(OpCodes.Ldloc, arguments);
        Code.Emit(address ? OpCodes.Ldflda : OpCodes.Ldfld, argumentsType!.GetField(KernelTypes.ArgumentName(index))!);
    }

    public void Local(OpCode code, int index) => Code.Emit(code, locals[index]);

    public void Jump(OpCode code, int label) => Code.Emit(code, labels[label]);

    public void Switch(int[] targets) => Code.Emit(OpCodes.Switch, [.. targets.Select(target => labels[target])]);

    public void Mark(int label) => Code.MarkLabel(labels[label]);

    /// <summary>Leaves the kernel.</summary>
    public void Return()
    {
        if (frame is not null)
            Code.Emit(OpCodes.Ldc_I4_0);
        Code.Emit(OpCodes.Ret);
    }

    /// <summary>Waits at a barrier.</summary>
    public void Suspend(int barrier)
    {
        foreach (int index in kept[barrier - 1])
        {
            Code.Emit(OpCodes.Ldloc, frame!);
            Code.Emit(OpCodes.Ldloc, locals[index]);
            Code.Emit(OpCodes.Stfld, FieldOf(index));
        }

        Code.Emit(OpCodes.Ldc_I4, barrier);
        Code.Emit(OpCodes.Ret);
        Code.MarkLabel(resumptions[barrier - 1]);
        foreach (int index in kept[barrier - 1])
        {
            Code.Emit(OpCodes.Ldloc, frame!);
            Code.Emit(OpCodes.Ldfld, FieldOf(index));
            Code.Emit(OpCodes.Stloc, locals[index]);
        }
    }

    private FieldInfo FieldOf(int local) =>
        fields[local] ?? throw new NotSupportedException($"A reference to a variable is used behind a barrier, which the checker cannot keep: local {local}.");

    private void Enter()
    {
        Code.Emit(OpCodes.Ldarg_0);
        Code.Emit(OpCodes.Castclass, frame!.LocalType);
        Code.Emit(OpCodes.Stloc, frame);
        Code.Emit(OpCodes.Ldarg_0);
        Code.Emit(OpCodes.Ldfld, ArgumentsField);
        Code.Emit(OpCodes.Castclass, argumentsType!);
        Code.Emit(OpCodes.Stloc, arguments!);
        if (resumptions.Length == 0)
            return;

        Label start = Code.DefineLabel();
        Code.Emit(OpCodes.Ldarg_0);
        Code.Emit(OpCodes.Ldfld, State);
        Code.Emit(OpCodes.Switch, [start, .. resumptions]);
        Code.MarkLabel(start);
    }
}

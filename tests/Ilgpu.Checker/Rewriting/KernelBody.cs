using System.Reflection.Emit;

namespace Ilgpu.Checker.Rewriting;

/// <summary>The rewritten instructions of a kernel, ready to be emitted once its frame type exists.</summary>
internal sealed class KernelBody
{
    private readonly List<KernelStep> steps = [];

    /// <summary>Types of the variables, those of inlined methods included.</summary>
    public List<Type> Locals { get; } = [];

    /// <summary>Labels of jumps.</summary>
    public int LabelCount { get; private set; }

    /// <summary>Barriers, numbered from 1.</summary>
    public int BarrierCount { get; private set; }

    public int NewLocal(Type type)
    {
        Locals.Add(type);
        return Locals.Count - 1;
    }

    public int NewLabel() => LabelCount++;

    public void Add(Action<KernelEmitter> step) => steps.Add(new KernelStep(step));

    public void Add(Action<ILGenerator> step) => Add((KernelEmitter emitter) => step(emitter.Code));

    /// <summary>Reads a variable, takes its address or overwrites it.</summary>
    public void AddLocal(OpCode access, int variable)
    {
        bool writes = access == OpCodes.Stloc;
        steps.Add(new KernelStep(emitter => emitter.Local(access, variable)) { Read = writes ? -1 : variable, Written = writes ? variable : -1 });
    }

    public void AddJump(OpCode code, int label) =>
        steps.Add(new KernelStep(emitter => emitter.Jump(code, label)) { Targets = [label], Leaves = code.FlowControl == FlowControl.Branch });

    public void AddSwitch(int[] labels) => steps.Add(new KernelStep(emitter => emitter.Switch(labels)) { Targets = labels });

    public void AddMark(int label) => steps.Add(new KernelStep(emitter => emitter.Mark(label)) { Label = label });

    public void AddReturn() => steps.Add(new KernelStep(emitter => emitter.Return()) { Leaves = true });

    public void AddBarrier()
    {
        int barrier = ++BarrierCount;
        steps.Add(new KernelStep(emitter => emitter.Suspend(barrier)) { Barrier = barrier });
    }

    /// <summary>For each barrier, from 1, the variables that must be kept while a thread waits at it.</summary>
    public int[][] KeptAtBarriers() => BarrierCount == 0 ? [] : VariableLiveness.AtBarriers(steps, Locals.Count);

    public void Emit(KernelEmitter emitter)
    {
        foreach (KernelStep step in steps)
            step.Emit(emitter);
    }
}

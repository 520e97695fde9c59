using System.Reflection.Emit;

namespace ILGPU.Rewriting;

/// <summary>The rewritten instructions of a kernel, ready to be emitted once its frame type exists.</summary>
internal sealed class KernelBody
{
    private readonly List<Action<KernelEmitter>> steps = [];

    /// <summary>Types of the variables, those of inlined methods included.</summary>
    public List<Type> Locals { get; } = [];

    /// <summary>Labels of jumps.</summary>
    public int LabelCount { get; private set; }

    /// <summary>Barriers, numbered from 1.</summary>
    public int BarrierCount { get; private set; }

    /// <summary>Whether the kernel uses <c>XMath</c>.</summary>
    public bool UsesAlgorithms { get; set; }

    public int NewLocal(Type type)
    {
        Locals.Add(type);
        return Locals.Count - 1;
    }

    public int NewLabel() => LabelCount++;

    public void Add(Action<KernelEmitter> step) => steps.Add(step);

    public void Add(Action<ILGenerator> step) => steps.Add(emitter => step(emitter.Code));

    public void AddBarrier()
    {
        int barrier = ++BarrierCount;
        steps.Add(emitter => emitter.Suspend(barrier));
    }

    public void Emit(KernelEmitter emitter)
    {
        foreach (Action<KernelEmitter> step in steps)
            step(emitter);
    }
}

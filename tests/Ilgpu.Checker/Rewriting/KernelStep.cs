namespace Ilgpu.Checker.Rewriting;

/// <summary>A rewritten instruction, with what decides which variables are needed behind it.</summary>
/// <param name="Emit">Emits it.</param>
internal sealed record KernelStep(Action<KernelEmitter> Emit)
{
    /// <summary>The variable that it reads, or whose address it takes; −1 for none.</summary>
    public int Read { get; init; } = -1;

    /// <summary>The variable that it overwrites; −1 for none.</summary>
    public int Written { get; init; } = -1;

    /// <summary>The label that lies here; −1 for none.</summary>
    public int Label { get; init; } = -1;

    /// <summary>Labels that it may jump to.</summary>
    public int[] Targets { get; init; } = [];

    /// <summary>Whether what follows it is never reached from here.</summary>
    public bool Leaves { get; init; }

    /// <summary>The barrier that it waits at; 0 for none.</summary>
    public int Barrier { get; init; }
}

namespace TinT.Runtime.Ilgpu.Kernels.Groups;

/// <summary>Lines of an operand in shared memory, one for each term.</summary>
internal interface ILines
{
    /// <summary>Threads that load them.</summary>
    static abstract int Threads { get; }

    /// <summary>Elements of a line.</summary>
    static abstract int Size { get; }

    /// <summary>Floats from one line to the next: one more than needed, so that neither reading nor writing meets a bank twice.</summary>
    static abstract int Pitch { get; }

    /// <summary>Number of lines: terms that are in shared memory at once.</summary>
    static abstract int Depth { get; }

    /// <summary>Elements that each thread loads: 8 or 16.</summary>
    static abstract int Loads { get; }
}

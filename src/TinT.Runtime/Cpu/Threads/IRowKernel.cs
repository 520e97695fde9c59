using System.ComponentModel;

namespace TinT.Runtime.Cpu.Threads;

/// <summary>Work on independent rows, as a structure that holds its operands, so that starting it allocates nothing.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRowKernel
{
    /// <summary>Does some rows. Called from several threads at once with disjoint rows.</summary>
    /// <param name="firstRow">Index of the first row.</param>
    /// <param name="rowCount">Number of rows, at least 1.</param>
    /// <param name="worker">Index of the worker that calls, 0 to <see cref="Workers.Count"/> − 1; a worker makes one call at a time.</param>
    void Run(int firstRow, int rowCount, int worker);
}

using TinT.Benchmarks.Timing;
using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Attention;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Benchmarks;

/// <summary>Operands of attention over a sequence, queries, keys and values side by side as a fused projection leaves them.</summary>
internal sealed class AttentionCase : IDisposable
{
    private readonly NativeBuffer memory;
    private readonly MatrixView q;
    private readonly MatrixView k;
    private readonly MatrixView v;
    private readonly MatrixView output;
    private readonly MatrixView gradient;
    private readonly MatrixView toValues;
    private readonly MatrixView toQueries;
    private readonly MatrixView toKeys;
    private readonly int heads;

    /// <summary>Allocates the operands.</summary>
    /// <param name="tokens">T.</param>
    /// <param name="width">D.</param>
    /// <param name="heads">Heads.</param>
    public AttentionCase(int tokens, int width, int heads)
    {
        this.heads = heads;
        long size = (long)tokens * width;
        memory = new NativeBuffer(8 * size);
        MatrixView projection = memory.Matrix(0, tokens, 3 * width);
        q = projection.ColumnRange(0, width);
        k = projection.ColumnRange(width, width);
        v = projection.ColumnRange(2 * width, width);
        output = memory.Matrix(3 * size, tokens, width);
        gradient = memory.Matrix(4 * size, tokens, width);
        toValues = memory.Matrix(5 * size, tokens, width);
        toQueries = memory.Matrix(6 * size, tokens, width);
        toKeys = memory.Matrix(7 * size, tokens, width);
        RandomContents.Fill(projection);
        RandomContents.Fill(gradient);
    }

    /// <summary>c = A v.</summary>
    public void Forward(Workers workers) => CausalAttention.Forward(workers, q, k, v, output, new AttentionForm(heads), AttentionMask.None);

    /// <summary>The gradient at the values, all rows in range.</summary>
    public void BackwardValues(Workers workers) =>
        CausalAttention.BackwardValues(workers, q, k, gradient, toValues, new AttentionForm(heads), AttentionMask.None, 0, q.Rows);

    /// <summary>The whole gradient, all rows in range.</summary>
    public void BackwardExact(Workers workers) =>
        CausalAttention.BackwardExact(workers, q, k, v, gradient, toQueries, toKeys, toValues, new AttentionForm(heads), AttentionMask.None, 0, q.Rows);

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();
}

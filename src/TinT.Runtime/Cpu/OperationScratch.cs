using System.ComponentModel;
using TinT.Runtime.Cpu.Attention;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Runtime.Cpu;

/// <summary>Working memory that each operation needs, from the layouts that it packs its operands in.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OperationScratch
{
    /// <summary>Of <see cref="MatrixProduct.Linear"/> and <see cref="MatrixProduct.LinearAdd"/>.</summary>
    /// <param name="rows">T.</param>
    /// <param name="inputs">Columns of x.</param>
    /// <param name="outputs">Columns of y.</param>
    /// <param name="workers">Workers.</param>
    public static ScratchSize Linear(int rows, int inputs, int outputs, int workers) => VectorWidths.Widest switch
    {
        VectorWidth.Bits512 => ScratchSizes<Lanes512>.Linear(rows, inputs, outputs, workers),
        VectorWidth.Bits256 => ScratchSizes<Lanes256>.Linear(rows, inputs, outputs, workers),
        _ => ScratchSizes<Lanes128>.Linear(rows, inputs, outputs, workers),
    };

    /// <summary>Of <see cref="SoftmaxLoss.OfLinear"/>.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="inputs">Columns of x.</param>
    /// <param name="outputs">Classes.</param>
    public static ScratchSize LinearCrossEntropy(int rows, int inputs, int outputs) => VectorWidths.Widest switch
    {
        VectorWidth.Bits512 => ScratchSizes<Lanes512>.LinearCrossEntropy(rows, inputs, outputs),
        VectorWidth.Bits256 => ScratchSizes<Lanes256>.LinearCrossEntropy(rows, inputs, outputs),
        _ => ScratchSizes<Lanes128>.LinearCrossEntropy(rows, inputs, outputs),
    };

    /// <summary>Of <see cref="MatrixProduct.LinearBackward"/>.</summary>
    /// <param name="rows">T.</param>
    /// <param name="inputs">Columns of dx.</param>
    /// <param name="outputs">Columns of dy.</param>
    /// <param name="workers">Workers.</param>
    public static ScratchSize LinearBackward(int rows, int inputs, int outputs, int workers) => VectorWidths.Widest switch
    {
        VectorWidth.Bits512 => ScratchSizes<Lanes512>.LinearBackward(rows, inputs, outputs, workers),
        VectorWidth.Bits256 => ScratchSizes<Lanes256>.LinearBackward(rows, inputs, outputs, workers),
        _ => ScratchSizes<Lanes128>.LinearBackward(rows, inputs, outputs, workers),
    };

    /// <summary>Of <see cref="MatrixProduct.LinearDescent"/>.</summary>
    /// <param name="rows">T.</param>
    /// <param name="inputs">Columns of x.</param>
    /// <param name="outputs">Columns of dy.</param>
    /// <param name="workers">Workers.</param>
    public static ScratchSize LinearDescent(int rows, int inputs, int outputs, int workers) => VectorWidths.Widest switch
    {
        VectorWidth.Bits512 => ScratchSizes<Lanes512>.LinearDescent(rows, inputs, outputs, workers),
        VectorWidth.Bits256 => ScratchSizes<Lanes256>.LinearDescent(rows, inputs, outputs, workers),
        _ => ScratchSizes<Lanes128>.LinearDescent(rows, inputs, outputs, workers),
    };

    /// <summary>Of <see cref="MatrixProduct.LinearAttention"/>.</summary>
    /// <param name="queries">T.</param>
    /// <param name="keys">R.</param>
    /// <param name="inputs">Columns of queries and keys.</param>
    /// <param name="outputs">Columns of values and result.</param>
    /// <param name="workers">Workers.</param>
    public static ScratchSize LinearAttention(int queries, int keys, int inputs, int outputs, int workers) => VectorWidths.Widest switch
    {
        VectorWidth.Bits512 => ScratchSizes<Lanes512>.LinearAttention(queries, keys, inputs, outputs, workers),
        VectorWidth.Bits256 => ScratchSizes<Lanes256>.LinearAttention(queries, keys, inputs, outputs, workers),
        _ => ScratchSizes<Lanes128>.LinearAttention(queries, keys, inputs, outputs, workers),
    };

    /// <summary>Of <see cref="CausalAttention.Forward"/>.</summary>
    /// <param name="tokens">T.</param>
    /// <param name="headSize">d.</param>
    /// <param name="groups">Heads of keys and values.</param>
    public static ScratchSize Attention(int tokens, int headSize, int groups) => VectorWidths.Widest switch
    {
        VectorWidth.Bits512 => ScratchSizes<Lanes512>.Attention(tokens, headSize, groups),
        VectorWidth.Bits256 => ScratchSizes<Lanes256>.Attention(tokens, headSize, groups),
        _ => ScratchSizes<Lanes128>.Attention(tokens, headSize, groups),
    };

    /// <summary>Of <see cref="CausalAttention.BackwardValues"/> and <see cref="CausalAttention.BackwardExact"/>.</summary>
    /// <param name="tokens">T.</param>
    /// <param name="rows">Rows in range.</param>
    /// <param name="headSize">d.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="groups">Heads of keys and values.</param>
    /// <param name="exact">Whether queries and keys get gradients too.</param>
    /// <param name="capped">Whether scores are bounded.</param>
    public static ScratchSize AttentionBackward(int tokens, int rows, int headSize, int heads, int groups, bool exact, bool capped = false)
    {
        ScratchSize head = VectorWidths.Widest switch
        {
            VectorWidth.Bits512 => ScratchSizes<Lanes512>.AttentionBackward(tokens, rows, headSize, exact, capped),
            VectorWidth.Bits256 => ScratchSizes<Lanes256>.AttentionBackward(tokens, rows, headSize, exact, capped),
            _ => ScratchSizes<Lanes128>.AttentionBackward(tokens, rows, headSize, exact, capped),
        };
        return groups == heads || rows == 0 ? head : head with { Shared = AttentionBackward<Lanes128>.SharedLength(rows, heads * headSize, exact) };
    }
}

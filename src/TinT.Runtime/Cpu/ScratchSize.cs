using System.ComponentModel;
using TinT.Runtime.Cpu.Attention;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu;

/// <summary>Working memory that <see cref="Workers"/> need for an operation, in floats. It grows to the largest that is asked for and stays.</summary>
/// <param name="Shared">What all workers see.</param>
/// <param name="PerWorker">What each worker has of its own, at most.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ScratchSize(long Shared, long PerWorker)
{
    /// <summary>Enough for either of two operations, one after another.</summary>
    /// <param name="other">The other.</param>
    public ScratchSize Or(ScratchSize other) => new(Math.Max(Shared, other.Shared), Math.Max(PerWorker, other.PerWorker));

    /// <summary>Floats of all workers together.</summary>
    /// <param name="workers">Workers.</param>
    public long Total(int workers) => Shared + (workers * PerWorker);

    /// <summary>Of <see cref="MatrixProduct.Linear"/> and <see cref="MatrixProduct.LinearAdd"/>.</summary>
    /// <param name="rows">T.</param>
    /// <param name="inputs">Columns of x.</param>
    /// <param name="outputs">Columns of y.</param>
    /// <param name="workers">Workers.</param>
    public static ScratchSize OfLinear(int rows, int inputs, int outputs, int workers) => VectorWidths.Widest switch
    {
        VectorWidth.Bits512 => ScratchSizes<Lanes512>.Linear(rows, inputs, outputs, workers),
        VectorWidth.Bits256 => ScratchSizes<Lanes256>.Linear(rows, inputs, outputs, workers),
        _ => ScratchSizes<Lanes128>.Linear(rows, inputs, outputs, workers),
    };

    /// <summary>Of <see cref="SoftmaxLoss.OfLinear"/>.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="inputs">Columns of x.</param>
    /// <param name="outputs">Classes.</param>
    public static ScratchSize OfLinearCrossEntropy(int rows, int inputs, int outputs) => VectorWidths.Widest switch
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
    public static ScratchSize OfLinearBackward(int rows, int inputs, int outputs, int workers) => VectorWidths.Widest switch
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
    public static ScratchSize OfLinearDescent(int rows, int inputs, int outputs, int workers) => VectorWidths.Widest switch
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
    public static ScratchSize OfLinearAttention(int queries, int keys, int inputs, int outputs, int workers) => VectorWidths.Widest switch
    {
        VectorWidth.Bits512 => ScratchSizes<Lanes512>.LinearAttention(queries, keys, inputs, outputs, workers),
        VectorWidth.Bits256 => ScratchSizes<Lanes256>.LinearAttention(queries, keys, inputs, outputs, workers),
        _ => ScratchSizes<Lanes128>.LinearAttention(queries, keys, inputs, outputs, workers),
    };

    /// <summary>Of <see cref="CausalAttention.Forward"/>.</summary>
    /// <param name="tokens">T.</param>
    /// <param name="headSize">d.</param>
    /// <param name="groups">Heads of keys and values.</param>
    public static ScratchSize OfAttention(int tokens, int headSize, int groups) => VectorWidths.Widest switch
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
    public static ScratchSize OfAttentionBackward(int tokens, int rows, int headSize, int heads, int groups, bool exact)
    {
        ScratchSize head = VectorWidths.Widest switch
        {
            VectorWidth.Bits512 => ScratchSizes<Lanes512>.AttentionBackward(tokens, rows, headSize, exact),
            VectorWidth.Bits256 => ScratchSizes<Lanes256>.AttentionBackward(tokens, rows, headSize, exact),
            _ => ScratchSizes<Lanes128>.AttentionBackward(tokens, rows, headSize, exact),
        };
        return groups == heads || rows == 0 ? head : head with { Shared = AttentionBackward<Lanes128>.SharedLength(rows, heads * headSize, exact) };
    }
}

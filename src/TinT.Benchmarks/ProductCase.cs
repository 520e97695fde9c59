using TinT.Benchmarks.Timing;
using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Benchmarks;

/// <summary>Operands of the four products of one linear layer, with random contents.</summary>
internal sealed class ProductCase : IDisposable
{
    private readonly NativeBuffer memory;
    private readonly MatrixView x;
    private readonly MatrixView dx;
    private readonly MatrixView y;
    private readonly MatrixView weights;
    private readonly MatrixView trained;
    private readonly VectorView bias;

    /// <summary>Allocates the operands.</summary>
    /// <param name="tokens">T.</param>
    /// <param name="inputs">Width of the input.</param>
    /// <param name="outputs">Width of the output.</param>
    public ProductCase(int tokens, int inputs, int outputs)
    {
        long small = 2L * tokens * inputs;
        long large = (long)outputs * inputs;
        memory = new NativeBuffer(small + ((long)tokens * outputs) + (2 * large) + outputs);
        x = memory.Matrix(0, tokens, inputs);
        dx = memory.Matrix((long)tokens * inputs, tokens, inputs);
        y = memory.Matrix(small, tokens, outputs);
        weights = memory.Matrix(small + ((long)tokens * outputs), outputs, inputs);
        trained = memory.Matrix(small + ((long)tokens * outputs) + large, outputs, inputs);
        bias = memory.Vector(small + ((long)tokens * outputs) + (2 * large), outputs);

        RandomContents.Fill(x);
        RandomContents.Fill(weights);
        RandomContents.Fill(y);
    }

    /// <summary>y = x Wᵀ + b.</summary>
    public void Linear(Workers workers) => MatrixProduct.Linear(workers, x, weights, bias, y);

    /// <summary>y = y + x Wᵀ + b.</summary>
    public void LinearAdd(Workers workers) => MatrixProduct.LinearAdd(workers, x, weights, bias, y, y);

    /// <summary>dx = dy W.</summary>
    public void Backward(Workers workers) => MatrixProduct.LinearBackward(workers, y, weights, dx, accumulate: false);

    /// <summary>W − 1e-4 dyᵀ x, not in place.</summary>
    public void Descent(Workers workers) => MatrixProduct.LinearDescent(workers, y, x, 1e-4f, weights, trained);

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();
}

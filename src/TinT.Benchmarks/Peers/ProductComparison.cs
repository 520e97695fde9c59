using System.Globalization;
using TinT.Benchmarks.Timing;
using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Benchmarks.Peers;

/// <summary>
/// The three products of each linear layer of GPT-2 and OPT-125M against OpenBLAS on the same operands and threads, in alternation. Ours adds the
/// bias in the forward product, which OpenBLAS leaves to another pass. A sequence's first descent keeps the weights and writes updated ones elsewhere,
/// as all runs with one inner step do; OpenBLAS, whose product adds to its result, then has to copy them first, on all threads. Later steps descend in place.
/// </summary>
internal static class ProductComparison
{
    private const int Turns = 5;

    private static readonly (string Layer, int Inputs, int Outputs)[] layers =
    [
        ("queries and keys", 768, 1536), ("values, output", 768, 768), ("expand", 768, 3072), ("contract", 3072, 768), ("head, a block of rows", 768, 50257),
    ];

    /// <summary>Measures and prints.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="threads">Threads of both sides.</param>
    /// <param name="onlyTokens">The one number of tokens to measure; 0 for all.</param>
    public static void Run(TextWriter output, int threads, int onlyTokens)
    {
        using OpenBlas blas = OpenBlas.TryLoad(threads)
            ?? throw new InvalidOperationException("libopenblas.so.0 is not installed; on Debian: apt-get install libopenblas0-pthread");
        using Workers workers = new(threads);
        Line(output, $"{threads} threads, OpenBLAS with kernels for {blas.Core}; microseconds, best of {Turns} alternating turns; ratios, ours / OpenBLAS: of the best calls, and the median over turns of that of median calls");
        Line(output, $"{"product",-10} {"layer",-22} {"T x in x out",-18} {"ours",10} {"OpenBLAS",10} {"best",7} {"median",7} {"ours GFLOP/s",13}");
        foreach (int tokens in onlyTokens > 0 ? (int[])[onlyTokens] : [32, 128, 256, 1024])
        {
            foreach ((string layer, int inputs, int outputs) in layers)
            {
                if (outputs > 10_000 && tokens > 32)
                    continue;
                Compare(output, blas, workers, layer, tokens, inputs, outputs);
            }
        }
    }

    private static void Compare(TextWriter output, OpenBlas blas, Workers workers, string layer, int tokens, int inputs, int outputs)
    {
        using NativeBuffer memory = new((2L * tokens * inputs) + ((long)tokens * outputs) + (2L * outputs * inputs) + outputs);
        MatrixView x = memory.Matrix(0, tokens, inputs);
        MatrixView dx = memory.Matrix((long)tokens * inputs, tokens, inputs);
        MatrixView y = memory.Matrix(2L * tokens * inputs, tokens, outputs);
        long weights = (2L * tokens * inputs) + ((long)tokens * outputs);
        MatrixView w = memory.Matrix(weights, outputs, inputs);
        MatrixView updated = memory.Matrix(weights + ((long)outputs * inputs), outputs, inputs);
        VectorView bias = memory.Vector(weights + (2L * outputs * inputs), outputs);
        RandomContents.Fill(x);
        RandomContents.Fill(y);
        RandomContents.Fill(w);

        const float Rate = 1e-9f;
        void Print(string product, Action ours, Action theirs)
        {
            (double our, double their, double ratio) = Stopwatches.InTurns(Turns, OpenBlas.PollingMilliseconds, ours, theirs);
            string shape = string.Create(CultureInfo.InvariantCulture, $"{tokens} x {inputs} x {outputs}");
            Line(output, $"{product,-10} {layer,-22} {shape,-18} {our * 1e6,10:F0} {their * 1e6,10:F0} {our / their,7:F2} {ratio,7:F2} {2.0 * tokens * inputs * outputs / our / 1e9,13:F1}");
        }

        Print("forward", () => MatrixProduct.Linear(workers, x, w, bias, y), () => blas.Linear(x, w, y));
        Print("backward", () => MatrixProduct.LinearBackward(workers, y, w, dx, accumulate: false), () => blas.Backward(y, w, dx));
        Print("descent", () => MatrixProduct.LinearDescent(workers, y, x, Rate, w, updated), () =>
        {
            Parallel.For(0, workers.Count, share => Share(w, share, workers.Count).CopyTo(Share(updated, share, workers.Count)));
            blas.Descent(y, x, Rate, updated);
        });
        Print("in place", () => MatrixProduct.LinearDescent(workers, y, x, Rate, w, w), () => blas.Descent(y, x, Rate, w));
    }

    private static MatrixView Share(MatrixView matrix, int share, int count)
    {
        int first = matrix.Rows * share / count;
        return matrix.RowRange(first, (matrix.Rows * (share + 1) / count) - first);
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}

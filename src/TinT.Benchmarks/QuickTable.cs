using System.Globalization;
using TinT.Benchmarks.Timing;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Limits;
using TinT.Runtime.Cpu.Threads;
using TinT.Runtime.Formulas;

namespace TinT.Benchmarks;

/// <summary>A table of best timings and shares of the measured peak, in well under a minute.</summary>
internal static class QuickTable
{
    private const double Budget = 0.4;

    private static readonly (int Tokens, int Inputs, int Outputs)[] shapes =
    [
        (256, 768, 2304), (256, 768, 768), (256, 768, 3072), (256, 3072, 768), (256, 768, 50257), (256, 1024, 1024),
        (256, 128, 128), (256, 128, 384), (256, 128, 512), (256, 512, 128), (64, 128, 128), (64, 768, 768), (8, 768, 768), (8, 128, 128),
    ];

    private static readonly (int Tokens, int Width, int Heads)[] attentions = [(256, 768, 12), (1024, 768, 12), (256, 128, 4)];

    /// <summary>Measures and prints.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="filter">Part of the names of the rows wanted; empty for all.</param>
    public static void Print(TextWriter output, string filter)
    {
        using Workers workers = new(Environment.ProcessorCount);
        Line(output, $"{workers.Count} threads, {VectorWidths.Widest}; peak: multiply-adds in registers, timed in alternation with the operation; best of several");
        Line(output, $"{"operation",-12} {"T x in x out",-18} {"microseconds",14} {"GFLOP/s",10} {"peak",8} {"share",8}");
        foreach ((int tokens, int inputs, int outputs) in shapes)
        {
            string shape = string.Create(CultureInfo.InvariantCulture, $"{tokens} x {inputs} x {outputs}");
            if (!shape.Contains(filter, StringComparison.Ordinal))
                continue;

            using ProductCase product = new(tokens, inputs, outputs);
            double operations = 2.0 * tokens * inputs * outputs;
            Row(output, workers, "Linear", shape, operations, () => product.Linear(workers));
            Row(output, workers, "LinearAdd", shape, operations, () => product.LinearAdd(workers));
            Row(output, workers, "Backward", shape, operations, () => product.Backward(workers));
            Row(output, workers, "Descent", shape, operations, () => product.Descent(workers));
        }

        foreach ((int tokens, int width, int heads) in attentions)
        {
            string shape = string.Create(CultureInfo.InvariantCulture, $"{tokens} x {width} / {heads}");
            if (!"Attention".Contains(filter, StringComparison.Ordinal))
                continue;

            // Products of T × T / 2 rows and keys by the head size: two forward, two for the values, five for all.
            using AttentionCase attention = new(tokens, width, heads);
            double operations = (double)tokens * tokens * width;
            Row(output, workers, "Attention", shape, 2 * operations, () => attention.Forward(workers));
            Row(output, workers, "BackValues", shape, 2 * operations, () => attention.BackwardValues(workers));
            Row(output, workers, "BackExact", shape, 5 * operations, () => attention.BackwardExact(workers));
        }

        if ("Rows".Contains(filter, StringComparison.Ordinal))
            Rows(output);
    }

    private static void Rows(TextWriter output)
    {
        RowCase row = new(3072);
        PerElement(output, "GeluTanh", 3072, row.Forward<GeluTanh>);
        PerElement(output, "GeluTanh difference", 3072, row.Difference<GeluTanh>);
        PerElement(output, "Gelu", 3072, row.Forward<Gelu>);
        PerElement(output, "Gelu difference", 3072, row.Difference<Gelu>);
        PerElement(output, "Silu", 3072, row.Forward<Silu>);
        PerElement(output, "Silu difference", 3072, row.Difference<Silu>);
        PerElement(output, "Relu", 3072, row.Forward<Relu>);
        PerElement(output, "Relu difference", 3072, row.Difference<Relu>);
        RowCase narrow = new(768);
        PerElement(output, "LayerNorm", 768, narrow.Normalize);
        PerElement(output, "LayerNorm difference", 768, narrow.NormDifference);
        RowCase logits = new(50257);
        PerElement(output, "Softmax", 50257, logits.Softmax);
        PerElement(output, "Loss", 50257, logits.Loss);
    }

    private static void PerElement(TextWriter output, string name, int width, Action action)
    {
        double seconds = Stopwatches.Best(Budget, action);
        Line(output, $"{name,-22} {width,8} {seconds * 1e6,14:F2} {seconds / width * 1e9,10:F3} ns per element");
    }

    private static void Row(TextWriter output, Workers workers, string operation, string shape, double operations, Action action)
    {
        FusedMultiplyAddPeak kernel = new(50_000);
        int rows = 2 * workers.Count;
        (double seconds, double peakSeconds) = Stopwatches.BestOfBoth(Budget, action, () => workers.Run(kernel, rows, 1));
        double rate = operations / seconds;
        double peak = rows * kernel.OperationsPerRow / peakSeconds;
        Line(output, $"{operation,-12} {shape,-18} {seconds * 1e6,14:F1} {rate / 1e9,10:F1} {peak / 1e9,8:F1} {rate / peak,8:P0}");
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}

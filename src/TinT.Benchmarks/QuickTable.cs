using System.Globalization;
using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Benchmarks;

/// <summary>A table of best timings and shares of the measured peak, in well under a minute.</summary>
internal static class QuickTable
{
    private const double Budget = 0.25;

    private static readonly (int Tokens, int Inputs, int Outputs)[] shapes =
    [
        (256, 768, 2304), (256, 768, 768), (256, 768, 3072), (256, 3072, 768), (256, 768, 50257), (256, 1024, 1024),
        (256, 128, 128), (256, 128, 384), (256, 128, 512), (256, 512, 128), (64, 128, 128), (64, 768, 768), (8, 768, 768), (8, 128, 128),
    ];

    /// <summary>Measures and prints.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="filter">Part of the names of the rows wanted; empty for all.</param>
    public static void Print(TextWriter output, string filter)
    {
        using Workers workers = new(Environment.ProcessorCount);
        double peak = Peak(workers);
        Line(output, $"{workers.Count} threads, {VectorWidths.Widest}, peak {peak / 1e9:F1} GFLOP/s");
        Line(output, $"{"operation",-12} {"T x in x out",-18} {"microseconds",14} {"GFLOP/s",10} {"of peak",8}");
        foreach ((int tokens, int inputs, int outputs) in shapes)
        {
            string shape = string.Create(CultureInfo.InvariantCulture, $"{tokens} x {inputs} x {outputs}");
            if (!shape.Contains(filter, StringComparison.Ordinal))
                continue;

            using ProductCase product = new(tokens, inputs, outputs);
            double operations = 2.0 * tokens * inputs * outputs;
            Row(output, "Linear", shape, operations, peak, () => product.Linear(workers));
            Row(output, "LinearAdd", shape, operations, peak, () => product.LinearAdd(workers));
            Row(output, "Backward", shape, operations, peak, () => product.Backward(workers));
            Row(output, "Descent", shape, operations, peak, () => product.Descent(workers));
        }

        double after = Peak(workers);
        Line(output, $"peak afterwards {after / 1e9:F1} GFLOP/s");
    }

    private static double Peak(Workers workers)
    {
        FusedMultiplyAddPeak kernel = new(100_000);
        int rows = 4 * workers.Count;
        return rows * kernel.OperationsPerRow / Stopwatches.Best(2 * Budget, () => workers.Run(kernel, rows, 1));
    }

    private static void Row(TextWriter output, string operation, string shape, double operations, double peak, Action action)
    {
        double seconds = Stopwatches.Best(Budget, action);
        double rate = operations / seconds;
        Line(output, $"{operation,-12} {shape,-18} {seconds * 1e6,14:F1} {rate / 1e9,10:F1} {rate / peak,8:P0}");
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}

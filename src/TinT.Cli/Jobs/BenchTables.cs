using System.Globalization;
using TinT.Accounting;
using TinT.Accounting.Reports;
using TinT.Compiler.Specs.Writing;
using TinT.Reports.Tables;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Cli.Jobs;

/// <summary>What <c>tint bench</c> shows.</summary>
internal static class BenchTables
{
    /// <summary>The run, in a line.</summary>
    public static string Subject(BenchResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"Measured: {Of(result.Run.BatchSize, "sequence")} of {result.Run.Tokens} tokens, the first {result.Run.TrainingTokens} train; update in {SpecText.Of(result.Form)} form; {Of(result.Threads, "thread")}{(result.Planned.Division.SideBySide > 1 ? ", each with sequences of its own" : "")}{(result.Run.Weights == WeightStorage.SinglePrecision ? "" : $"; weights in {result.Run.Weights.TypeName()}")}.");

    /// <summary>Every kernel.</summary>
    public static ReportTable Kernels(BenchResult result) => new(
        "Kernels",
        [
            Text("routine"), Text("kernel"), Number("calls"), Number("ms"), Number("% of time"), Number("GFLOP/s"), Number("GB/s"), Text("bound by"), Number(
                "% of ceiling"),
        ],
        [.. result.Kernels.GroupBy(kernel => kernel.Cost.Routine).Select(group => (IReadOnlyList<ReportRow>)[.. group.Select(kernel => Row(result, kernel))])],
        [
            string.Create(CultureInfo.InvariantCulture, $"Ceiling: {result.Limits.OperationsPerSecond / 1e9:f0} GFLOP/s of fused multiply-adds in registers at best, {result.Limits.BytesPerSecond / 1e9:f1} GB/s to and from memory, measured between the runs."),
            "Operations and bytes are those that the plan counts; what stays in caches can be moved faster than memory allows.",
            .. result.Planned.Division.SideBySide > 1
                ? ["Threads run sequences side by side: times are the sum over threads divided by their number."]
                : (string[])[],
        ]);

    /// <summary>The whole run.</summary>
    public static ReportTable Step(BenchResult result)
    {
        OperationCost cost = result.Cost;
        double outside = result.Median - result.Kernels.Sum(kernel => kernel.Seconds);
        string[][] rows =
        [
            ["time, median of the runs", $"{F(result.Median, 3)} s ({F(result.Seconds.Min(), 3)} – {F(result.Seconds.Max(), 3)})"],
            ["outside kernels", $"{F(1e3 * outside, 1)} ms"],
            ["tokens in a second", F(result.TokensPerSecond, 0)],
            ["operations", $"{F(cost.Operations / 1e9, 1)} GFLOP, {F(100.0 * cost.ProductOperations / cost.Operations, 1)}% in products"],
            ["rate of the best run", $"{F(result.Rate.Best / 1e9, 1)} GFLOP/s, {F(100 * result.Share.Best, 0)}% of multiply-adds alone at best"],
            ["rate of the median", $"{F(result.Rate.Median / 1e9, 1)} GFLOP/s, {F(100 * result.Share.Median, 0)}% of their median, {F(result.Limits.TypicalOperationsPerSecond / 1e9, 0)} GFLOP/s, and {F(100 * result.Rate.Median / result.Limits.OperationsPerSecond, 0)}% of the best"],
            ["ceiling, kernel by kernel", $"{F(100 * result.LeastSeconds / result.Median, 0)}%"],
            ["memory held", $"{F(result.Held.Total / 1048576.0, 0)} MiB, planned {F(result.Planned.Peak / 1048576.0, 0)} MiB"],
            ["of it weights", $"{F(result.Held.Weights / 1048576.0, 0)} MiB"],
            ["allocated inside the passes", $"{result.AllocatedBytes.ToString(CultureInfo.InvariantCulture)} bytes"],
        ];
        return new ReportTable(
            "The run", [Text("what"), Number("measured")], [[.. rows.Select(row => new ReportRow([new ReportCell(row[0]), new ReportCell(row[1])]))]], []);
    }

    /// <summary>Several runs, one a row.</summary>
    public static ReportTable Series(IReadOnlyList<BenchResult> results) => new(
        "Runs",
        [
            Number("threads"), Number("tokens"), Text("update"), Number("median s"), Number("best s"), Number("GFLOP"), Number("GFLOP/s, median"), Number(
                "% of multiply-adds"),
            Number("GFLOP/s, best"), Number("% of multiply-adds"), Number("tokens/s"), Number("MiB"),
        ],
        [.. results.GroupBy(result => result.Threads).Select(group => (IReadOnlyList<ReportRow>)[.. group.Select(Row)])],
        ["Multiply-adds alone, in registers, are measured between the runs with as many threads: their median beside the median run, their best beside the best."]);

    private static ReportRow Row(BenchResult result)
    {
        string[] cells =
        [
            result.Threads.ToString(CultureInfo.InvariantCulture),
            F(result.Run.Tokens, 0),
            SpecText.Of(result.Form),
            F(result.Median, 3),
            F(result.Best, 3),
            F(result.Cost.Operations / 1e9, 1),
            F(result.Rate.Median / 1e9, 1),
            F(100 * result.Share.Median, 0),
            F(result.Rate.Best / 1e9, 1),
            F(100 * result.Share.Best, 0),
            F(result.TokensPerSecond, 0),
            F(result.Held.Total / 1048576.0, 0),
        ];
        return new ReportRow([.. cells.Select(cell => new ReportCell(cell))]);
    }

    private static ReportRow Row(BenchResult result, KernelTime kernel)
    {
        OperationCost cost = kernel.Cost.Total;
        string[] cells =
        [
            CompiledTables.NameOf(kernel.Cost.Routine),
            CompiledTables.NameOf(kernel.Cost),
            kernel.Calls.ToString("N0", CultureInfo.InvariantCulture),
            F(1e3 * kernel.Seconds, 2),
            F(100 * kernel.Seconds / result.Median, 1),
            F(cost.Operations / kernel.Seconds / 1e9, 1),
            F(cost.Bytes / kernel.Seconds / 1e9, 1),
            result.IsBoundByMemory(kernel) ? "memory" : "arithmetic",
            F(100 * result.LeastSecondsOf(kernel) / kernel.Seconds, 0),
        ];
        return new ReportRow([.. cells.Select(cell => new ReportCell(cell))]);
    }

    private static string Of(int count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");

    private static string F(double number, int digits) => number.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static ReportColumn Text(string header) => new(header, IsNumeric: false);

    private static ReportColumn Number(string header) => new(header, IsNumeric: true);
}

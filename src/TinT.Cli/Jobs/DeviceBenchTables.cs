using System.Globalization;
using TinT.Accounting.Reports;
using TinT.Compiler.Specs.Writing;
using TinT.Reports.Tables;

namespace TinT.Cli.Jobs;

/// <summary>What <c>tint bench --device</c> shows.</summary>
internal static class DeviceBenchTables
{
    /// <summary>The run, in a line.</summary>
    public static string Subject(DeviceBenchResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"Measured on {result.Device.Name} ({result.Device.Kind}): {result.Run.BatchSize} × {result.Run.Tokens} tokens, the first {result.Run.TrainingTokens} train; update in {SpecText.Of(result.Form)} form.");

    /// <summary>Every kernel.</summary>
    public static ReportTable Kernels(DeviceBenchResult result) => new(
        "Kernels",
        [Text("routine"), Text("kernel"), Number("calls"), Number("ms"), Number("% of time"), Number("GFLOP/s"), Number("GB/s")],
        [.. result.Kernels.GroupBy(kernel => kernel.Routine).Select(group => (IReadOnlyList<ReportRow>)[.. group.Select(kernel => Row(result, kernel))])],
        [
            "From a run that waits for the device behind every kernel, so that each time has the launch and the wait in it.",
            "Operations and bytes are those that the plan counts.",
        ]);

    /// <summary>The whole run.</summary>
    public static ReportTable Step(DeviceBenchResult result)
    {
        string[][] rows =
        [
            ["time, median of the runs", $"{F(result.Median, 4)} s ({F(result.Seconds.Min(), 4)} – {F(result.Seconds.Max(), 4)})"],
            ["kernels with a wait behind each", $"{F(result.KernelSeconds, 4)} s"],
            ["tokens in a second", F(result.TokensPerSecond, 0)],
            ["operations", $"{F(result.Cost.Operations / 1e9, 1)} GFLOP"],
            ["rate", $"{F(result.Cost.Operations / result.Median / 1e9, 1)} GFLOP/s"],
            ["device memory held", $"{F(result.Held.Total / 1048576.0, 0)} MiB; planned {F(result.Planned.Needed / 1048576.0, 0)} MiB with the batch"],
            ["of it weights", $"{F(result.Held.Weights / 1048576.0, 0)} MiB, updated copies {F(result.Held.Updated / 1048576.0, 0)} MiB"],
        ];
        return new ReportTable(
            "The run",
            [Text("what"), Number("measured")],
            [[.. rows.Select(row => new ReportRow([new ReportCell(row[0]), new ReportCell(row[1])]))]],
            ["Runs upload their batch, wait once at the end and fetch losses; logits are not asked for."]);
    }

    private static ReportRow Row(DeviceBenchResult result, DeviceKernelTime kernel)
    {
        string[] cells =
        [
            CompiledTables.NameOf(kernel.Routine),
            kernel.Name,
            kernel.Calls.ToString("N0", CultureInfo.InvariantCulture),
            F(1e3 * kernel.Seconds, 2),
            F(100 * kernel.Seconds / result.KernelSeconds, 1),
            F(kernel.Cost.Operations / kernel.Seconds / 1e9, 1),
            F(kernel.Cost.Bytes / kernel.Seconds / 1e9, 1),
        ];
        return new ReportRow([.. cells.Select(cell => new ReportCell(cell))]);
    }

    private static string F(double number, int digits) => number.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static ReportColumn Text(string header) => new(header, IsNumeric: false);

    private static ReportColumn Number(string header) => new(header, IsNumeric: true);
}

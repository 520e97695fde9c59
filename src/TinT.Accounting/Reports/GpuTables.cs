using System.Globalization;
using TinT.Accounting.Gpu;
using TinT.Compiler.Devices;
using TinT.Reports.Tables;
using static TinT.Accounting.Reports.ReportNumbers;

namespace TinT.Accounting.Reports;

/// <summary>Tables of a generated GPU simulator on a device: kernels, memory, and what fits.</summary>
public static class GpuTables
{
    /// <summary>Every kernel, with the least time that the device needs for it.</summary>
    /// <param name="account">The account.</param>
    public static ReportTable Kernels(GpuAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        GpuProfile profile = account.Profile;
        long operations = account.Kernels.Sum(kernel => kernel.Operations);
        long bytes = account.Kernels.Sum(kernel => kernel.Bytes);
        CostUnits units = CostUnits.Of(operations, bytes);
        ReportRow Of(GpuKernelCost kernel) => Row(
            Words(kernel.Routine),
            kernel.Head is { } pass ? $"{kernel.Kernel} ({Words(pass)})" : kernel.Kernel,
            Count(kernel.Count),
            kernel.Largest.ThreadsPerGroup is null ? "–" : Count(kernel.Largest.Groups),
            kernel.Largest.ThreadsPerGroup is { } threads ? Count(threads) : "–",
            Count(kernel.Largest.SharedBytes),
            Count(kernel.Launches.Max(launch => launch.RegistersPerThread)),
            units.FormatOperations(kernel.Operations),
            units.FormatBytes(kernel.Bytes),
            Number(kernel.Intensity, 1),
            Microseconds(kernel.Seconds),
            kernel.BoundByMemory ? "memory" : "arithmetic");
        ReportRow total = Row(
            "run",
            "",
            Count(account.Kernels.Sum(kernel => kernel.Count)),
            "",
            "",
            "",
            "",
            units.FormatOperations(operations),
            units.FormatBytes(bytes),
            Number((double)operations / bytes, 1),
            Microseconds(account.Seconds),
            "");
        ProductTile tile = GroupTiles.Wide.Product;
        return new ReportTable(
            $"GPU kernels on the {profile.Name}: {Limits(profile)}",
            Columns(
                "routine", "kernel", "#launches", "#groups", "#threads", "#shared bytes", "#registers", "#" + units.Operations, "#" + units.Bytes, "#FLOP/byte", "#µs at least", "bound by"),
            [.. account.Kernels.GroupBy(kernel => kernel.Routine).Select(group => (IReadOnlyList<ReportRow>)[.. group.Select(Of)]), [total]],
            [
                "Launches of the whole run; groups of the largest of them, threads and shared bytes of a group. Where there is a dash, each element has a thread and ILGPU chooses the groups.",
                $"Operations include those on the zeros that fill up tiles. Bytes are what kernels ask for, again whenever a tile is loaded again: a product of M × N sums of K terms reads {Count(tile.Rows + tile.Columns)}·K·⌈M/{Count(tile.Rows)}⌉·⌈N/{Count(tile.Columns)}⌉ floats.",
                "Registers of a thread are estimated from its sums and the operands that it holds.",
                $"At least: the operations on as many of the {Count(profile.Processors)} multiprocessors as there are groups, or the bytes from memory, launch by launch; what launching takes is left out.",
                $"Were every operand moved once, and all that is read again found in caches, {units.FormatBytes(account.OnceBytes)} {units.Bytes} would be left: {Microseconds(account.OnceBytes / profile.BytesPerSecond)} µs.",
            ]);
    }

    /// <summary>Device memory of the run.</summary>
    /// <param name="account">The account.</param>
    public static ReportTable Memory(GpuAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        GpuMemory memory = account.Memory;
        bool small = memory.Needed < 8 << 20;
        ReportRow Of(string name, long bytes) => Row(name, Held(bytes, small));
        return new ReportTable(
            $"Device memory on the {account.Profile.Name}",
            Columns("part", small ? "#KiB" : "#MiB"),
            [
                [
                    Of("weights", memory.Weights),
                    Of("updated copies of weights", memory.Updated),
                    Of("arena: activations, memory of the trained layers, block of logits", memory.Arena),
                    Of("batch and losses", memory.Batch),
                ],
                [Of("needed", memory.Needed)],
                [Of("logits for the caller, if asked for", memory.Logits)],
            ],
            [account.MostTokens == 0
                ? "Not even one token fits the device."
                : $"Without logits, one sequence of up to {Count(account.MostTokens)} tokens fits the device."]);
    }

    /// <summary>Which models fit the device.</summary>
    /// <param name="account">The account.</param>
    public static ReportTable Fits(GpuAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        GpuFit[] models = [.. account.Fits.OrderBy(model => model.Parameters)];
        ReportRow Of(GpuFit model) => Row(
            model.Model,
            Number(model.Parameters / 1e6, 1),
            Count(model.Context),
            Held(model.Memory.Weights, kibibytes: false),
            Held(model.Memory.Updated, kibibytes: false),
            Held(model.Memory.Needed, kibibytes: false),
            model.MostTokens == 0 ? "none" : Count(model.MostTokens));
        return new ReportTable(
            $"Shipped models in {Number(account.Profile.MemoryBytes / 1e9, 0)} GB",
            Columns("model", "#M parameters", "#context", "#MiB of weights", "#MiB of copies", "#MiB for the context", "#tokens that fit"),
            [[.. models.Select(Of)]],
            [models.LastOrDefault(model => model.IsWhole) is { } largest
                ? $"The largest that fits with its whole context is {largest.Model}. One sequence at a time, without logits for the caller."
                : "None fits with its whole context. One sequence at a time, without logits for the caller."]);
    }

    private static string Limits(GpuProfile profile) => string.Create(
        CultureInfo.InvariantCulture,
        $"{profile.OperationsPerSecond / 1e12:0.0} TFLOP/s in single precision, {profile.BytesPerSecond / 1e9:N0} GB/s, {profile.MemoryBytes / 1e9:0} GB, assumed");

    private static string Microseconds(double seconds) => Number(1e6 * seconds, seconds < 1e-3 ? 1 : 0);

    private static string Number(double number, int digits) =>
        number.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

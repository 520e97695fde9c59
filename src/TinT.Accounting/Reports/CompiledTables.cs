using TinT.Accounting.Accounts;
using TinT.Accounting.Compiled;
using TinT.Accounting.Memory;
using TinT.Compiler.Layout;
using TinT.Model.Runs;
using TinT.Reports.Tables;
using TinT.Runtime.Cpu.Memory;
using static TinT.Accounting.Reports.ReportNumbers;

namespace TinT.Accounting.Reports;

/// <summary>Tables of the compiled simulator: cost beside the literal one's, kernels, arena, memory.</summary>
public static class CompiledTables
{
    /// <summary>Both simulators side by side.</summary>
    /// <param name="account">The account.</param>
    public static ReportTable Costs(SimulatorAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        OperationCost compiled = account.Compiled.Total;
        CostUnits units = CostUnits.Of(compiled);
        ReportRow Of(string name, OperationCost cost) => Row(
            [name, .. Cells(units, cost)]);
        string Ratio(long first, long second) =>
            second == 0 ? "–" : ((double)first / second).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
        return new ReportTable(
            "Cost of the run",
            Columns(["simulator", .. CostHeaders(units)]),
            [
                account.Construction is { Literal.Total: var literal }
                    ?
                    [
                        Of("literal", literal),
                        Of("compiled", compiled),
                        Row(
                            "ratio",
                            Ratio(literal.ProductOperations, compiled.ProductOperations),
                            Ratio(literal.ElementOperations, compiled.ElementOperations),
                            Ratio(literal.ParameterBytes, compiled.ParameterBytes),
                            Ratio(literal.ActivationBytes, compiled.ActivationBytes)),
                    ]
                    : [Of("compiled", compiled)],
            ],
            [
                $"A multiply-add of a product is 2 operations, every other operation 1. Bytes: 4 a number{(account.Run.Weights == WeightStorage.SinglePrecision ? "" : ", 2 of the compiled simulator's stored matrices")}, each operand of each product or function read once, each result written once.",
                "Literal: every weight meets all prefix embeddings and tokens, attention makes all scores. Compiled: what the kernels compute, scores up to the query alone.",
            ]);
    }

    /// <summary>The compiled simulator routine by routine.</summary>
    /// <param name="account">The account.</param>
    public static ReportTable Routines(SimulatorAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return Kernels(
            "The compiled simulator by routine",
            account.Compiled.Kernels.GroupBy(kernel => kernel.Routine).Select(group => (Words(group.Key), "", (IReadOnlyList<KernelCost>)[.. group])));
    }

    /// <summary>The compiled simulator kernel by kernel.</summary>
    /// <param name="account">The account.</param>
    public static ReportTable Kernels(SimulatorAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return Kernels(
            "The compiled simulator by kernel",
            account.Compiled.Kernels.Select(kernel => (Words(kernel.Routine), NameOf(kernel), (IReadOnlyList<KernelCost>)[kernel])));
    }

    /// <summary>The buffers of the arena.</summary>
    /// <param name="account">The account.</param>
    public static ReportTable Buffers(SimulatorAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        BufferPlan plan = account.Buffers;
        ReportRow Of(BufferLife life) => Row(
            life.Buffer.Name,
            life.Buffer.Memory ? "each trained layer" : "all layers",
            life.Buffer.TrainingRows ? "training tokens" : "tokens",
            Count(life.Buffer.Offset),
            Count(life.Buffer.Columns),
            string.Join(", ", life.Intervals.Select(interval => Kernel(interval.First) is var first && first == Kernel(interval.Last)
                ? first
                : $"{first} … {Kernel(interval.Last)}").Distinct()));
        string Kernel(int index) => $"{account.Arena.Kernels[index].Module} {Words(account.Arena.Kernels[index].Kind)}";
        return new ReportTable(
            FormattableString.Invariant($"Buffers of the arena: {plan.TransientColumns} floats per token that layers share, {plan.MemoryColumns} in the slot of each of {plan.MemorySlots} trained layers, {plan.HeadRows} × {plan.HeadColumns} logits"),
            Columns("buffer", "of", "a row for each of the", "#offset", "#floats per token", "holds a needed value at"),
            [.. account.Arena.Buffers.GroupBy(life => life.Buffer.Memory).Select(group => (IReadOnlyList<ReportRow>)[.. group.Select(Of)])],
            []);
    }

    /// <summary>Memory of the compiled simulator.</summary>
    /// <param name="account">The account.</param>
    public static ReportTable Memory(SimulatorAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        MemoryPlan memory = account.Memory;
        bool small = memory.Peak < 8 << 20;
        ReportRow Of(string name, long bytes) => Row(name, Held(bytes, small));
        return new ReportTable(
            "Memory of the compiled simulator on this machine's processor",
            Columns("part", small ? "#KiB" : "#MiB"),
            [
                [
                    Of(account.Run.Weights == WeightStorage.SinglePrecision ? "weights" : $"weights, matrices in {account.Run.Weights.TypeName()}", memory.Weights),
                    Of("updated copies of weights", memory.Updated),
                    Of("arena: activations that layers share", memory.TransientBuffers),
                    Of("arena: memory of the trained layers", memory.MemorySlots),
                    Of("arena: block of logits", memory.HeadBlock),
                    Of("packed operands", memory.SharedScratch),
                    Of(FormattableString.Invariant($"packed operands of {account.Threads} {(account.Threads == 1 ? "thread" : "threads")}, at most"), memory.ThreadScratch),
                    Of("logits and losses for the caller", memory.Results),
                ],
                [Of("peak", memory.Peak)],
            ],
            [
                "Without the program itself, which takes some 40 MiB. Without logits for the caller the results are a few bytes a token.",
                .. memory.Division.SideBySide > 1
                    ? [FormattableString.Invariant(
                        $"Sequences run side by side: {memory.Division.SideBySide} threads, each with an arena and copies of its own.")]
                    : (string[])[],
            ]);
    }

    /// <summary>A routine, in words.</summary>
    /// <param name="routine">The routine.</param>
    public static string NameOf(RoutineKind routine) => Words(routine);

    /// <summary>What a kernel does, in words.</summary>
    /// <param name="kernel">The kernel.</param>
    public static string NameOf(KernelCost kernel) =>
        $"{kernel.Kernel.Module} {Words(kernel.Kernel.Kind)}{(kernel.Head is { } head ? $" ({Words(head)})" : "")}";

    private static string[] CostHeaders(CostUnits units) =>
        [$"#{units.Operations} in products", $"#{units.Operations} besides", $"#{units.Bytes} of parameters", $"#{units.Bytes} of activations"];

    private static string[] Cells(CostUnits units, OperationCost cost) =>
    [
        units.FormatOperations(cost.ProductOperations),
        units.FormatOperations(cost.ElementOperations),
        units.FormatBytes(cost.ParameterBytes),
        units.FormatBytes(cost.ActivationBytes),
    ];

    private static ReportTable Kernels(string title, IEnumerable<(string Routine, string Kernel, IReadOnlyList<KernelCost> Costs)> rows)
    {
        List<(string Routine, string Kernel, IReadOnlyList<KernelCost> Costs)> all = [.. rows];
        bool byKernel = all.Any(row => row.Kernel.Length > 0);
        CostUnits units = CostUnits.Of(OperationCost.Sum(all.SelectMany(row => row.Costs).Select(cost => cost.Total)));
        ReportRow Of(string routine, string kernel, IReadOnlyList<KernelCost> costs)
        {
            OperationCost total = OperationCost.Sum(costs.Select(cost => cost.Total));
            string[] start = byKernel
                ? [routine, kernel, Count(costs.Sum(cost => cost.Calls))]
                : [routine, Count(costs.GroupBy(cost => cost.Kernel).Max(calls => calls.Sum(cost => cost.Calls)))];
            return Row([.. start, .. Cells(units, total)]);
        }

        string[] headers = byKernel ? ["routine", "kernel", "#calls"] : ["routine", "#calls"];
        IReadOnlyList<KernelCost> run = [.. all.SelectMany(row => row.Costs)];
        ReportRow last = Of("run", "", run);
        return new ReportTable(
            title,
            Columns([.. headers, .. CostHeaders(units)]),
            [
                .. all.GroupBy(row => byKernel ? row.Routine : "").Select(
                    group => (IReadOnlyList<ReportRow>)[.. group.Select(row => Of(row.Routine, row.Kernel, row.Costs))]),
                [byKernel ? last : new ReportRow([last.Cells[0], new ReportCell(""), .. last.Cells.Skip(2)])],
            ],
            ["Calls in the whole run; the blocks are called once for each layer and pass, those of the lowest trained layer without what no layer below needs."]);
    }
}

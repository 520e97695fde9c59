using TinT.Accounting.Accounts;
using TinT.Accounting.Literal;
using TinT.Compiler.Construction;
using TinT.Literal.Simulator;
using TinT.Reports.Tables;
using static TinT.Accounting.Reports.ReportNumbers;

namespace TinT.Accounting.Reports;

/// <summary>Tables of the literal construction: prefix embeddings, token memory, layers, parameters.</summary>
public static class ConstructionTables
{
    /// <summary>What lies at which coordinates of the prefix embeddings of one matrix.</summary>
    /// <param name="account">The account.</param>
    public static ReportTable Prefix(SimulatorAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        PrefixLayout prefix = account.Constructed.Prefix;
        List<ReportRow> rows =
        [
            .. Enumerable.Range(0, prefix.Sharding).Select(row => Row(Range(prefix.StartOf(row), prefix.RowLength), RowName(prefix, row))),
            Row(Range(prefix.BiasStart, prefix.RowLength), "the whole bias; that of prefix 0 is read and updated"),
        ];
        if (prefix.PaddingStart < prefix.HiddenSize)
            rows.Add(Row(Range(prefix.PaddingStart, prefix.HiddenSize - prefix.PaddingStart), "zeros"));
        return new ReportTable(
            FormattableString.Invariant(
                $"Prefix embedding p = 0 … {prefix.PrefixCount - 1} of a {prefix.RowLength}×{prefix.RowLength} matrix, H = {prefix.HiddenSize}"),
            Columns("coordinates", "hold"),
            [rows],
            [FormattableString.Invariant($"Row r of the matrix lies in prefix embedding r / {prefix.Sharding}. Every matrix fills {prefix.PrefixCount} prefix embeddings; bias copies in the others are not read.")]);
    }

    /// <summary>The matrices that lie in prefix embeddings.</summary>
    /// <param name="account">The account.</param>
    public static ReportTable Matrices(SimulatorAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        int size = account.Constructed.Prefix.RowLength;
        int blocks = account.Spec.Auxiliary.FeedForwardBlocks;
        IEnumerable<ReportRow> rows = account.Graph.ForwardBlock.Concat(account.Graph.FinalNorm)
            .Where(module => module.Matrix is not null)
            .GroupBy(module => module.Name)
            .Select(group =>
            {
                PrefixMatrix matrix = group.First().Matrix!;
                string holds = matrix switch
                {
                    { Diagonal: true } => "diag(gain) and β",
                    { Copies: 1 } => "W and b",
                    _ when group.First().Input[0] == group.Last().Input[0] => FormattableString.Invariant(
                        $"{matrix.Copies} times {size} rows of W_1 and as many elements of c_1"),
                    _ => FormattableString.Invariant($"{matrix.Copies} times {size} columns of W_2, each with c_2 / {matrix.Copies}"),
                };
                return Row(group.Key, holds, Count(matrix.Copies), Count((long)matrix.Copies * account.Constructed.Prefix.PrefixCount));
            })
            .Append(Row("feed_forward.activation", "zeros, as every module has a prefix", Count(blocks), Count((long)blocks * account.Constructed.Prefix.PrefixCount)));
        return new ReportTable("Matrices in prefix embeddings, of each layer and of the final norm", Columns("module", "holds", "#matrices", "#prefix embeddings"), [[.. rows]], []);
    }

    /// <summary>What each module keeps in, or takes from, a token's memory.</summary>
    /// <param name="account">The account.</param>
    public static ReportTable Memory(SimulatorAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new ReportTable(
            FormattableString.Invariant($"A token's memory; its signal is at 0 … {account.Constructed.Prefix.RowLength - 1}"),
            Columns("module", "direction", "coordinates and what they hold"),
            [
                .. MemoryModules(account).GroupBy(module => module.Direction == Direction.Forward).Select(group => (IReadOnlyList<ReportRow>)
                [
                    .. group.Select(module => Row(
                        module.Name,
                        Words(module.Direction),
                        string.Join("; ", module.Memory.Select(slot => $"{Range(slot.Start, slot.Width)}: {slot.Signal}")))),
                ]),
            ],
            ["Forward modules write these coordinates, backward and descent modules read them. Copies of a feed-forward module differ in the signal alone."]);
    }

    /// <summary>Layers and cost of the literal simulator.</summary>
    /// <param name="account">The account.</param>
    public static ReportTable Layers(SimulatorAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        LiteralCost literal = account.Constructed.Literal;
        CostUnits units = CostUnits.Of(OperationCost.Sum(literal.Modules.Select(module => module.Total)));
        ReportRow Of(string stage, string module, string direction, IReadOnlyList<ExecutedModule> modules) => Row(
            stage,
            module,
            direction,
            Count(modules.Sum(item => item.Executions)),
            Count(modules.Sum(item => item.Executions * item.AttentionLayers)),
            Count(modules.Sum(item => item.Executions * item.MlpLayers)),
            units.FormatOperations(modules.Sum(item => item.Total.Operations)),
            units.FormatBytes(modules.Sum(item => item.Total.Bytes)));
        List<IReadOnlyList<ReportRow>> groups =
        [
            .. literal.Modules.Where(module => module.Layers.Count > 0).GroupBy(module => module.Stage).Select(group => (IReadOnlyList<ReportRow>)
            [
                .. group.Select(module => Of(Words(group.Key), module.Name, Words(module.Direction), [module])),
            ]),
            [
                Of("", "sums, token embedding, logits", "", [.. literal.Modules.Where(module => module.Layers.Count == 0)]),
                Of("run of one sequence", "", "", literal.Modules),
            ],
        ];
        return new ReportTable(
            FormattableString.Invariant(
                $"The literal simulator in order of execution, {account.Run.Tokens} tokens behind {account.Constructed.Prefix.PrefixCount} prefix embeddings"),
            Columns("stage", "module", "direction", "#runs", "#attention layers", "#MLP layers", $"#{units.Operations}", $"#{units.Bytes} moved"),
            groups,
            [
                $"Depth: {Count(literal.Depth)} layers, {Count(literal.AttentionLayers)} attention and {Count(literal.MlpLayers)} MLP, one after another. "
                + $"{Count(literal.DistinctLayers)} have parameters of their own; the longest chain of layers that need each other is {Count(literal.LongestChain)}.",
                "An attention layer: linear or softmax attention with its maps and projection. An MLP layer: up to two maps of each position with a function, a norm or nothing between.",
            ]);
    }

    /// <summary>Parameters of the literal simulator by module.</summary>
    /// <param name="account">The account.</param>
    public static ReportTable Parameters(SimulatorAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        ParameterCounts counts = account.Constructed.ParameterCounts;
        IEnumerable<ReportRow> rows = account.Constructed.Parameters.Select(row => Row(
            row.Name,
            Count(row.Forward),
            Count(row.Backward),
            Count(row.Descent),
            FormattableString.Invariant($"{row.ForwardBlocks} + {row.BackwardBlocks}"),
            Count(row.Total)));
        ReportRow Part(string name, long count) => Row(name, "", "", "", "", Count(count));
        return new ReportTable(
            $"Parameters of the literal simulator, blocks {(account.Spec.Simulator.ReuseBlocks ? "reused" : "not reused")} by later passes",
            Columns("module", "#forward", "#backward", "#descent", "#blocks", "#all blocks"),
            [
                [.. rows],
                [
                    Part("forward blocks with the final norm", counts.ForwardBlocks),
                    Part("backward blocks", counts.BackwardBlocks),
                    Part("auxiliary weights in prefixes", counts.Prefixes),
                    Part("embeddings", counts.Embeddings),
                    Part("all", counts.Total),
                ],
            ],
            ["Forward, backward and descent: in one block. Blocks: with a forward module of their own + with a backward and descent module of their own."]);
    }

    /// <summary>The first copy of every module with memory.</summary>
    internal static IEnumerable<SimulatorModule> MemoryModules(SimulatorAccount account) =>
        account.Graph.ForwardBlock.Concat(account.Graph.FinalNorm).Concat(account.Graph.FinalNormBackward).Concat(account.Graph.BackwardBlock)
            .Where(module => module.Memory.Count > 0)
            .DistinctBy(module => (module.Direction, module.Name));

    /// <summary>Row S p + s of the matrix.</summary>
    internal static string RowName(PrefixLayout prefix, int row) => (prefix.Sharding, row) switch
    {
        (1, _) => "row p",
        (int rows, 0) => FormattableString.Invariant($"row {rows}p"),
        (int rows, _) => FormattableString.Invariant($"row {rows}p + {row}"),
    };
}

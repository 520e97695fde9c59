using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs.Fields;
using TinT.Compiler.Specs.Format;

namespace TinT.Compiler.Specs.Rules;

/// <summary>
/// The rules between the auxiliary model (D, h heads) and the simulator (sharding S, P = D / S, hidden size H, heads). A rule is left
/// out while a size it needs is unknown or itself against a rule.
/// </summary>
internal static class SimulatorRules
{
    /// <summary>Reports every broken rule.</summary>
    public static void Check(AuxiliaryFields auxiliary, SimulatorFields simulator, TrainingFields training, DiagnosticBag diagnostics)
    {
        if (auxiliary.HiddenSize is not { } hiddenSize)
            return;
        AuxiliaryDescription model = auxiliary.Model;
        bool hasSharding = CheckSharding(hiddenSize, simulator.Sharding, diagnostics);
        if (simulator.HiddenSize is not { } simulatorSize)
            return;
        bool hasSize = CheckHiddenSize(model, hasSharding ? simulator.Sharding : null, simulatorSize, training.PassesScores, diagnostics);
        bool hasHeads = auxiliary.HeadCount is not null && model.HeadSize <= hiddenSize.Value
            && (auxiliary.Options.HeadSize is not null || hiddenSize.Value % model.HeadCount == 0);
        if (hasSize && hasHeads && simulator.HeadCount is { } heads)
            CheckHeads(model, simulatorSize, heads, diagnostics);
    }

    private static bool CheckSharding(int hiddenSize, Spanned<int>? sharding, DiagnosticBag diagnostics)
    {
        if (sharding is not { } rows)
            return false;
        if (hiddenSize % rows.Value == 0)
            return true;
        diagnostics.Report(
            ShardingDiagnostics.ShardingDoesNotDivideHiddenSize,
            rows.Span,
            NumberText.Write(rows.Value),
            NumberText.Write(hiddenSize),
            Advice.Neighbours(rows.Value, SimulatorSizes.Divisors(hiddenSize)));
        return false;
    }

    private static bool CheckHiddenSize(
        AuxiliaryDescription model, Spanned<int>? sharding, Spanned<int> simulator, bool throughScores, DiagnosticBag diagnostics)
    {
        int hiddenSize = model.HiddenSize;
        long smallest = SimulatorSizes.SmallestHiddenSize(model, sharding?.Value ?? 1, throughScores);
        string advice = Advice.Multiples(simulator.Value, hiddenSize, smallest, SimulatorFormat.HiddenSize.Maximum);
        string size = NumberText.Write(simulator.Value);
        string width = NumberText.Write(hiddenSize);
        bool isMultiple = simulator.Value % hiddenSize == 0;
        if (!isMultiple && sharding is { } rows && simulator.Value % (hiddenSize / rows.Value) != 0)
        {
            // D = S·P divides no H that P does not divide, so the one message about P says it all.
            diagnostics.Report(
                ShardingDiagnostics.PrefixDoesNotDivideSimulator,
                simulator.Span,
                NumberText.Write(hiddenSize / rows.Value),
                width,
                NumberText.Write(rows.Value),
                size,
                advice);
        }
        else if (!isMultiple)
        {
            diagnostics.Report(ShardingDiagnostics.HiddenSizeDoesNotDivideSimulator, simulator.Span, width, size, advice);
        }

        return CheckRoom(model, sharding, simulator, throughScores, advice, diagnostics) && isMultiple;
    }

    private static bool CheckRoom(
        AuxiliaryDescription model, Spanned<int>? sharding, Spanned<int> simulator, bool throughScores, string advice, DiagnosticBag diagnostics)
    {
        int hiddenSize = model.HiddenSize;
        string size = NumberText.Write(simulator.Value);
        string width = NumberText.Write(hiddenSize);
        if (sharding is { } rows && simulator.Value < (rows.Value + 1L) * hiddenSize)
        {
            string room = NumberText.Write((rows.Value + 1L) * hiddenSize);
            diagnostics.Report(
                ShardingDiagnostics.SimulatorTooSmallForRows, simulator.Span, size, room, NumberText.Write(rows.Value), width, advice);
            return false;
        }

        int slots = SimulatorSizes.MemorySlots(model, throughScores);
        if (simulator.Value < slots * hiddenSize)
        {
            string room = NumberText.Write(slots * hiddenSize);
            diagnostics.Report(ShardingDiagnostics.SimulatorTooSmallForMemory, simulator.Span, size, room, width, advice);
            return false;
        }

        return true;
    }

    private static void CheckHeads(
        AuxiliaryDescription model, int simulatorSize, Spanned<int> heads, DiagnosticBag diagnostics)
    {
        int hiddenSize = model.HiddenSize;
        int auxiliaryHeads = model.HeadCount;
        int count = heads.Value;
        string advice = Advice.Neighbours(count, SimulatorSizes.ValidHeads(model, simulatorSize));
        string written = NumberText.Write(count);
        if (count < auxiliaryHeads)
        {
            diagnostics.Report(
                ShardingDiagnostics.TooFewSimulatorHeads, heads.Span, written, NumberText.Write(auxiliaryHeads), advice);
        }

        if (simulatorSize % count != 0)
        {
            diagnostics.Report(
                ShardingDiagnostics.HeadsDoNotDivideSimulator, heads.Span, written, NumberText.Write(simulatorSize), advice);
            return;
        }

        int headSize = simulatorSize / count;
        if (hiddenSize % headSize != 0)
        {
            diagnostics.Report(
                ShardingDiagnostics.HeadSizeDoesNotDivideHiddenSize,
                heads.Span,
                written,
                NumberText.Write(headSize),
                NumberText.Write(simulatorSize),
                NumberText.Write(hiddenSize),
                advice);
        }
        else if (!SimulatorSizes.HeadSizes(model).Contains(headSize))
        {
            diagnostics.Report(
                ShardingDiagnostics.AuxiliaryHeadsNotDivisible,
                heads.Span,
                written,
                NumberText.Write(headSize),
                NumberText.Write(model.HeadSize),
                advice);
        }
    }
}

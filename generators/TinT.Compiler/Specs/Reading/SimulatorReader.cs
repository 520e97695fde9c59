using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs.Fields;
using TinT.Compiler.Specs.Format;
using TinT.Compiler.Specs.Rules;

namespace TinT.Compiler.Specs.Reading;

/// <summary>Reads the section <c>simulator</c> and fills its defaults in.</summary>
internal static class SimulatorReader
{
    /// <summary>
    /// Reads the section. Defaults: hidden size the smallest allowed, max(S + 1, 4)·D for models with h·d = D; the fewest heads that obey every rule,
    /// which are the auxiliary model's own heads where those do (the settings of the paper follow from both); blocks reused.
    /// </summary>
    public static SimulatorFields Read(SectionReader section, AuxiliaryFields auxiliary, TrainingFields training, DiagnosticBag diagnostics)
    {
        Spanned<int>? sharding = section.Read(SimulatorFormat.Sharding).Value;
        Field<int> givenHiddenSize = section.Read(SimulatorFormat.HiddenSize);
        Field<int> givenHeads = section.Read(SimulatorFormat.HeadCount);
        Spanned<int>? hiddenSize = givenHiddenSize.IsGiven
            ? givenHiddenSize.Value
            : DefaultHiddenSize(section.Span, auxiliary, sharding, training.PassesScores, diagnostics);
        return new SimulatorFields(
            sharding,
            hiddenSize,
            givenHeads.IsGiven ? givenHeads.Value : DefaultHeads(section.Span, auxiliary, hiddenSize),
            section.ReadOrDefault(SimulatorFormat.ReuseBlocks));
    }

    private static Spanned<int>? DefaultHiddenSize(
        SourceSpan section, AuxiliaryFields fields, Spanned<int>? sharding, bool throughScores, DiagnosticBag diagnostics)
    {
        if (fields.HiddenSize is not { } auxiliary || sharding is not { } rows || auxiliary.Value % rows.Value != 0)
            return null;
        AuxiliaryDescription model = fields.Model;
        long smallest = SimulatorSizes.SmallestHiddenSize(model, rows.Value, throughScores);
        if (smallest <= SimulatorFormat.HiddenSize.Maximum)
            return new Spanned<int>((int)smallest, section);
        int largestSharding = SimulatorSizes.Divisors(auxiliary.Value)
            .Where(divisor => SimulatorSizes.SmallestHiddenSize(model, divisor, throughScores) <= SimulatorFormat.HiddenSize.Maximum)
            .DefaultIfEmpty(1)
            .Max();
        diagnostics.Report(
            ShardingDiagnostics.DefaultSimulatorTooLarge,
            rows.Span,
            NumberText.Write(rows.Value),
            NumberText.Write(auxiliary.Value),
            NumberText.Write(smallest),
            NumberText.Write(SimulatorFormat.HiddenSize.Maximum),
            NumberText.Write(largestSharding));
        return null;
    }

    private static Spanned<int>? DefaultHeads(SourceSpan section, AuxiliaryFields auxiliary, Spanned<int>? hiddenSize)
    {
        if (auxiliary.HiddenSize is null || auxiliary.HeadCount is null || hiddenSize is not { } simulator)
            return null;
        IReadOnlyList<int> valid = SimulatorSizes.ValidHeads(auxiliary.Model, simulator.Value);
        return valid.Count == 0 ? null : new Spanned<int>(valid[0], section);
    }
}

using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs.Fields;
using TinT.Compiler.Specs.Format;
using TinT.Model.Architectures;

namespace TinT.Compiler.Specs.Rules;

/// <summary>The rules among what is said of the auxiliary model. A rule is left out while something it needs is unknown.</summary>
internal static class AuxiliaryRules
{
    /// <summary>Keys that decide how many coordinates are turned, the first that is there most of all.</summary>
    private static readonly string[] RotaryKeys = ["positions.rotary_dim", "positions.partial_rotary_factor", "head_dim"];

    /// <summary>Reports every broken rule.</summary>
    public static void Check(AuxiliaryFields auxiliary, DiagnosticBag diagnostics)
    {
        CheckHeads(auxiliary, diagnostics);
        if (auxiliary.Architecture is not { } architecture)
            return;
        CheckKeys(auxiliary, architecture.Value, diagnostics);
        CheckKinds(auxiliary, architecture.Value, diagnostics);
        CheckRotary(auxiliary, diagnostics);
        CheckWindows(auxiliary, diagnostics);
    }

    private static void CheckHeads(AuxiliaryFields auxiliary, DiagnosticBag diagnostics)
    {
        if (auxiliary.HeadCount is not { } heads)
            return;
        if (auxiliary.HiddenSize is { } hiddenSize && !auxiliary.Places.ContainsKey(AuxiliaryFormat.HeadSize.Name) && hiddenSize.Value % heads.Value != 0)
        {
            diagnostics.Report(
                ShapeDiagnostics.HeadsDoNotDivideHiddenSize,
                heads.Span,
                NumberText.Write(heads.Value),
                NumberText.Write(hiddenSize),
                Advice.Neighbours(heads.Value, SimulatorSizes.Divisors(hiddenSize)));
        }

        if (auxiliary.HiddenSize is { } width && auxiliary.Options.HeadSize is { } size && size > width.Value)
        {
            diagnostics.Report(
                ShapeDiagnostics.HeadTooLarge, auxiliary.PlaceOf(AuxiliaryFormat.HeadSize.Name), NumberText.Write(size), NumberText.Write(width.Value));
        }

        if (auxiliary.Options.KeyValueHeadCount is { } groups && heads.Value % groups != 0)
        {
            diagnostics.Report(
                ShapeDiagnostics.GroupsDoNotDivideHeads,
                auxiliary.PlaceOf(AuxiliaryFormat.KeyValueHeadCount.Name),
                NumberText.Write(groups),
                NumberText.Write(heads.Value),
                Advice.Neighbours(groups, SimulatorSizes.Divisors(heads.Value)));
        }
    }

    /// <summary>Keys that say something the architecture leaves no choice in, or has not.</summary>
    private static void CheckKeys(AuxiliaryFields auxiliary, Architecture architecture, DiagnosticBag diagnostics)
    {
        foreach (AuxiliaryOption option in AuxiliaryOptionTable.Special)
        {
            if (!auxiliary.Places.TryGetValue(option.Key, out SourceSpan place) || architecture.Options.Contains(option))
                continue;
            string[] others = [.. KnownArchitectures.All.Where(other => other.Options.Contains(option)).Select(other => other.Name)];
            diagnostics.Report(ShapeDiagnostics.KeyOfOtherArchitecture, place, option.Key, architecture.Name, Suggestions.List(others, "and"));
        }
    }

    private static void CheckKinds(AuxiliaryFields auxiliary, Architecture architecture, DiagnosticBag diagnostics)
    {
        if (auxiliary.Norm is { } norm && norm.Value != architecture.Norm)
            diagnostics.Report(ShapeDiagnostics.KindOfOtherArchitecture, norm.Span, "norm.kind", norm.Value, architecture.Name, $"'{architecture.Norm}'");
        if (auxiliary.Options.Positions is { } positions && !architecture.Positions.Contains(positions))
        {
            diagnostics.Report(
                ShapeDiagnostics.KindOfOtherArchitecture,
                auxiliary.PlaceOf("positions.kind"),
                "positions.kind",
                WordOf(positions),
                architecture.Name,
                Suggestions.List([.. architecture.Positions.Select(WordOf)], "or"));
        }

        NormPlacement[] placements =
            architecture.Options.Contains(AuxiliaryOptionTable.NormsBefore) ? [NormPlacement.Pre, NormPlacement.Post] : [architecture.NormPlacement];
        if (auxiliary.Options.NormPlacement is { } placement && !placements.Contains(placement))
        {
            diagnostics.Report(
                ShapeDiagnostics.KindOfOtherArchitecture,
                auxiliary.PlaceOf("norm.placement"),
                "norm.placement",
                WordOf(placement),
                architecture.Name,
                Suggestions.List([.. placements.Select(WordOf)], "or"));
        }
    }

    private static string WordOf(NormPlacement placement) => AuxiliaryFormat.NormPlacement.Choices.First(choice => choice.Value == placement).Key;

    private static string WordOf(PositionKind positions) => AuxiliaryFormat.PositionsKind.Choices.First(choice => choice.Value == positions).Key;

    private static void CheckRotary(AuxiliaryFields auxiliary, DiagnosticBag diagnostics)
    {
        AuxiliaryDescription model = auxiliary.Model;
        if (model.Rotary is not { } rotary)
        {
            foreach (string key in AuxiliaryFormat.Positions.Keys.Skip(1).Select(key => "positions." + key.Name))
            {
                if (auxiliary.Places.TryGetValue(key, out SourceSpan place) && model.Family().Positions.Contains(PositionKind.Rotary))
                    diagnostics.Report(ShapeDiagnostics.NoRotaryPositions, place, key);
            }

            return;
        }

        bool known = auxiliary.HeadCount is not null && auxiliary.HiddenSize is not null;
        if (known && (rotary.Size < 2 || rotary.Size % 2 != 0 || rotary.Size > model.HeadSize))
        {
            string key = RotaryKeys.FirstOrDefault(auxiliary.Places.ContainsKey) ?? "num_attention_heads";
            diagnostics.Report(
                ShapeDiagnostics.RotaryNotEven, auxiliary.PlaceOf(key), NumberText.Write(rotary.Size), NumberText.Write(model.HeadSize), $"auxiliary.{key}");
        }

        if (rotary.Scaling is { Kind: RopeScaling.Llama3 } scaling && scaling.HighFrequencyFactor <= scaling.LowFrequencyFactor)
            diagnostics.Report(ShapeDiagnostics.FrequencyFactors, auxiliary.PlaceOf("positions.rope_scaling"), NumberText.Write(scaling.HighFrequencyFactor), NumberText.Write(scaling.LowFrequencyFactor));
    }

    private static void CheckWindows(AuxiliaryFields auxiliary, DiagnosticBag diagnostics)
    {
        if (auxiliary.Options.SlidingLayers is not { } layers)
            return;
        SourceSpan place = auxiliary.PlaceOf(AuxiliaryFormat.LayerTypes.Name);
        if (auxiliary.LayerCount is { } count && layers.Count != count.Value)
            diagnostics.Report(ShapeDiagnostics.LayerTypeCount, place, NumberText.Write(layers.Count), NumberText.Write(count.Value));
        if (auxiliary.Options.SlidingWindow is null && layers.Any(slides => slides))
            diagnostics.Report(ShapeDiagnostics.WindowMissing, place);
    }
}

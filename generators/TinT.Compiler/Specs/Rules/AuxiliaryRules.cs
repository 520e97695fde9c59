using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs.Fields;
using TinT.Compiler.Specs.Format;

namespace TinT.Compiler.Specs.Rules;

/// <summary>The rules among the sizes of the auxiliary model. A rule is left out while a size it needs is unknown.</summary>
internal static class AuxiliaryRules
{
    /// <summary>Reports every broken rule.</summary>
    public static void Check(AuxiliaryFields auxiliary, DiagnosticBag diagnostics)
    {
        if (auxiliary.HiddenSize is { } hiddenSize)
        {
            CheckHeads(hiddenSize, auxiliary.HeadCount, diagnostics);
            CheckIntermediateSize(hiddenSize, auxiliary.IntermediateSize, diagnostics);
        }
    }

    private static void CheckHeads(int hiddenSize, Spanned<int>? heads, DiagnosticBag diagnostics)
    {
        if (heads is not { } count || hiddenSize % count.Value == 0)
            return;
        diagnostics.Report(
            ShapeDiagnostics.HeadsDoNotDivideHiddenSize,
            count.Span,
            NumberText.Write(count.Value),
            NumberText.Write(hiddenSize),
            Advice.Neighbours(count.Value, SimulatorSizes.Divisors(hiddenSize)));
    }

    private static void CheckIntermediateSize(int hiddenSize, Spanned<int>? intermediateSize, DiagnosticBag diagnostics)
    {
        if (intermediateSize is not { } width || width.Value % hiddenSize == 0)
            return;
        diagnostics.Report(
            ShapeDiagnostics.IntermediateSizeNotMultiple,
            width.Span,
            NumberText.Write(width.Value),
            NumberText.Write(hiddenSize),
            Advice.Multiples(width.Value, hiddenSize, hiddenSize, AuxiliaryFormat.IntermediateSize.Maximum));
    }
}

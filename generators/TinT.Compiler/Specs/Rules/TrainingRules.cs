using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs.Fields;

namespace TinT.Compiler.Specs.Rules;

/// <summary>The rules between the training and the auxiliary model.</summary>
internal static class TrainingRules
{
    /// <summary>Reports every broken rule.</summary>
    public static void Check(TrainingFields training, AuxiliaryFields auxiliary, DiagnosticBag diagnostics)
    {
        if (training.Layers is { } trained && auxiliary.LayerCount is { } layers && trained.Value > layers.Value)
        {
            diagnostics.Report(
                ShapeDiagnostics.TooManyTrainedLayers, trained.Span, NumberText.Write(trained.Value), NumberText.Write(layers.Value));
        }

        if (training is { Method.Value: TrainingMethod.Exact, Attention: { Value: AttentionGradient.None } attention })
            diagnostics.Report(ShapeDiagnostics.ExactWithoutAttention, attention.Span);

        if (training is { Method.Value: TrainingMethod.Exact, Compatibility: { Value: Compatibility.Authors } compatibility })
            diagnostics.Report(ShapeDiagnostics.ExactAsAuthors, compatibility.Span);

        if (training is { Update: { Value: UpdateForm.Dual } update, LayerNorm.Value: LayerNormUpdate.Full })
            diagnostics.Report(ShapeDiagnostics.DualFormOfGains, update.Span);
    }
}

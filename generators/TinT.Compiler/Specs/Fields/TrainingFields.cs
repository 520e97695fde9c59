namespace TinT.Compiler.Specs.Fields;

/// <summary>What could be read of a <see cref="TrainingSpec"/>; what is missing has been reported.</summary>
internal sealed record TrainingFields(
    Spanned<TrainingMethod>? Method,
    Spanned<int>? Steps,
    Spanned<int>? Layers,
    Spanned<double>? LearningRate,
    Spanned<LossFunction>? Loss,
    Spanned<LayerNormUpdate>? LayerNorm,
    Spanned<AttentionGradient>? Attention,
    Spanned<double>? TaylorScale,
    Spanned<Compatibility>? Compatibility,
    Spanned<UpdateForm>? Update)
{
    /// <summary>Whether the construction passes gradients through the scores of attention.</summary>
    public bool PassesScores => Attention?.Value == AttentionGradient.Exact && Method?.Value == TrainingMethod.Tint;

    /// <summary>The whole spec, once nothing is missing.</summary>
    public TrainingSpec ToSpec() => new(
        Method!.Value,
        Steps!.Value,
        Layers!.Value,
        LearningRate!.Value,
        Loss!.Value,
        LayerNorm!.Value,
        Attention!.Value,
        TaylorScale!.Value,
        Compatibility!.Value,
        Update!.Value);
}

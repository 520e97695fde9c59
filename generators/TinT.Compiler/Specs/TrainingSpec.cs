namespace TinT.Compiler.Specs;

/// <summary>The inner training.</summary>
/// <param name="Method">How gradients are made.</param>
/// <param name="Steps">Inner SGD steps.</param>
/// <param name="Layers">Trained layers: the top n.</param>
/// <param name="LearningRate">Inner learning rate; gradients are summed over tokens.</param>
/// <param name="Loss">Loss whose gradient starts the backward pass.</param>
/// <param name="LayerNorm">What of a layer norm is updated.</param>
/// <param name="Attention">How the gradient passes through attention.</param>
/// <param name="TaylorScale">N of the first-order Taylor differences.</param>
/// <param name="Compatibility">Whether the authors' unmasked last gradient row is kept.</param>
/// <param name="Update">How later passes see the descent.</param>
public sealed record TrainingSpec(
    Spanned<TrainingMethod> Method,
    Spanned<int> Steps,
    Spanned<int> Layers,
    Spanned<double> LearningRate,
    Spanned<LossFunction> Loss,
    Spanned<LayerNormUpdate> LayerNorm,
    Spanned<AttentionGradient> Attention,
    Spanned<double> TaylorScale,
    Spanned<Compatibility> Compatibility,
    Spanned<UpdateForm> Update)
{
    /// <summary>N of a step 1/N that every argument absorbs: x + g/N is x, so that the difference is the derivative to the last bit of single precision.</summary>
    private const double DerivativeScale = 1e30;

    /// <summary>Whether gradients are those of the loss.</summary>
    public bool IsExact => Method.Value == TrainingMethod.Exact;

    /// <summary>How gradients pass through attention.</summary>
    public AttentionGradient Passes => IsExact ? AttentionGradient.Exact : Attention.Value;

    /// <summary>Whether queries and keys are trained.</summary>
    public bool MovesScores => Attention.Value == AttentionGradient.Exact;

    /// <summary>N of the differences that stand for derivatives.</summary>
    public double DifferenceScale => IsExact ? DerivativeScale : TaylorScale;
}

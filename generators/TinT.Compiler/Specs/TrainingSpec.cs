namespace TinT.Compiler.Specs;

/// <summary>The inner training.</summary>
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
    Spanned<int> Steps,
    Spanned<int> Layers,
    Spanned<double> LearningRate,
    Spanned<LossFunction> Loss,
    Spanned<LayerNormUpdate> LayerNorm,
    Spanned<AttentionGradient> Attention,
    Spanned<double> TaylorScale,
    Spanned<Compatibility> Compatibility,
    Spanned<UpdateForm> Update);

namespace TinT.Compiler.Specs;

/// <summary>How gradients are made.</summary>
public enum TrainingMethod
{
    /// <summary><c>tint</c>: as the construction can: differences for derivatives, attention as <see cref="AttentionGradient"/> says, from training tokens only.</summary>
    Tint,

    /// <summary><c>exact</c>: true gradients of the loss. What moves is what <see cref="TrainingSpec"/> says; no simulator of the paper does it.</summary>
    Exact,
}

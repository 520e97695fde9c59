namespace TinT.Model;

/// <summary>The inner training; strings are those of the spec.</summary>
/// <param name="Steps">Inner SGD steps.</param>
/// <param name="Layers">Trained layers: the top n.</param>
/// <param name="LearningRate">Inner learning rate; gradients are summed over tokens.</param>
/// <param name="Loss"><c>softmax</c>, <c>quadratic</c> or <c>mean_embedding</c>.</param>
/// <param name="LayerNorm"><c>none</c>, <c>bias</c> or <c>full</c>.</param>
/// <param name="Attention"><c>none</c>, <c>values</c> or <c>exact</c>.</param>
/// <param name="TaylorScale">N of the first-order Taylor differences.</param>
/// <param name="Compatibility"><c>none</c> or <c>authors</c>.</param>
public sealed record TrainingDescription(
    int Steps,
    int Layers,
    double LearningRate,
    string Loss,
    string LayerNorm,
    string Attention,
    double TaylorScale,
    string Compatibility)
{
    /// <summary><c>tint</c>, or <c>exact</c> for true gradients of the loss.</summary>
    public string Method { get; init; } = "tint";

    /// <summary>Whether gradients are those of the loss, and not as the construction makes them.</summary>
    public bool IsExact => Method == "exact";
}

namespace TinT.Compiler.Specs.Format;

/// <summary>The section <c>training</c>.</summary>
internal static class TrainingFormat
{
    public static readonly ChoiceKey<TrainingMethod> Method = new(
        "method",
        Required: false,
        [new("tint", TrainingMethod.Tint), new("exact", TrainingMethod.Exact)],
        [])
    {
        Description = "How gradients are made: as the paper's construction can, or exactly (SGD on the loss; attention and layer_norm then say what moves).",
    };

    public static readonly IntegerKey Steps = new("steps", Required: false, 1, 1 << 10, "1")
    {
        Description = "Steps of SGD.",
        Default = 1,
        Synonyms = ["num_steps", "n_steps", "epochs"],
    };

    public static readonly IntegerKey Layers = new("layers", Required: false, 1, 1 << 10, "12")
    {
        Description = "How many layers, from the top, are trained. Default: all.",
        Synonyms = ["num_layers", "trained_layers", "n_layers"],
    };

    public static readonly NumberKey LearningRate = new("learning_rate", Required: false, 1e-20, 1000, "1e-4")
    {
        Description = "Learning rate, for gradients summed over the training tokens.",
        Default = 1e-4,
        Synonyms = ["lr", "inner_lr"],
    };

    public static readonly ChoiceKey<LossFunction> Loss = new(
        "loss",
        Required: false,
        [
            new("softmax", LossFunction.Softmax),
            new("quadratic", LossFunction.Quadratic),
            new("mean_embedding", LossFunction.MeanEmbedding),
        ],
        [])
    {
        Description = "The loss that is minimised.",
    };

    public static readonly ChoiceKey<LayerNormUpdate> LayerNorm = new(
        "layer_norm",
        Required: false,
        [
            new("bias", LayerNormUpdate.Bias),
            new("none", LayerNormUpdate.None),
            new("gain", LayerNormUpdate.Gain),
            new("full", LayerNormUpdate.Full),
        ],
        [])
    {
        Description = "What of a layer norm is updated: nothing, the bias, or bias and gain (gain: as a vector, full: as a full matrix).",
    };

    public static readonly ChoiceKey<AttentionGradient> Attention = new(
        "attention",
        Required: false,
        [new("values", AttentionGradient.Values), new("none", AttentionGradient.None), new("exact", AttentionGradient.Exact)],
        [])
    {
        Description = "How the gradient passes through attention: unchanged, to the values only, or also to the scores.",
    };

    public static readonly NumberKey TaylorScale = new("taylor_scale", Required: false, 1, 1e9, "1000")
    {
        Description = "N of the first-order differences that stand for the derivatives of layer norm and activation.",
        Default = 1000,
    };

    public static readonly ChoiceKey<Compatibility> Compatibility = new(
        "compatibility",
        Required: false,
        [new("none", Specs.Compatibility.None), new("authors", Specs.Compatibility.Authors)],
        [])
    {
        Description = "authors: keep the unmasked last gradient row of the authors' code.",
        Synonyms = ["compat"],
    };

    public static readonly ChoiceKey<UpdateForm> Update = new(
        "update",
        Required: false,
        [new("auto", UpdateForm.Auto), new("primal", UpdateForm.Primal), new("dual", UpdateForm.Dual)],
        [])
    {
        Description = "How later passes see the descent: updated copies of the weights (primal), attention without softmax over the training tokens (dual), or whichever costs less.",
        Synonyms = ["update_form", "form"],
    };

    public static readonly SectionKey Section = new(
        "training",
        "training",
        Required: false,
        [Method, Steps, Layers, LearningRate, Loss, LayerNorm, Attention, TaylorScale, Compatibility, Update])
    {
        Description = "The inner training, within one forward pass of the simulator.",
    };
}

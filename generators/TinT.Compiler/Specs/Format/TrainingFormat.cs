namespace TinT.Compiler.Specs.Format;

/// <summary>The section <c>training</c>.</summary>
internal static class TrainingFormat
{
    public static readonly IntegerKey Steps = new("steps", Required: false, 1, 1 << 10, "1")
    {
        Synonyms = ["num_steps", "n_steps", "epochs"],
    };

    public static readonly IntegerKey Layers = new("layers", Required: false, 1, 1 << 10, "12")
    {
        Synonyms = ["num_layers", "trained_layers", "n_layers"],
    };

    public static readonly NumberKey LearningRate = new("learning_rate", Required: false, 1e-20, 1000, "1e-4")
    {
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
        []);

    public static readonly ChoiceKey<LayerNormUpdate> LayerNorm = new(
        "layer_norm",
        Required: false,
        [new("bias", LayerNormUpdate.Bias), new("none", LayerNormUpdate.None), new("full", LayerNormUpdate.Full)],
        []);

    public static readonly ChoiceKey<AttentionGradient> Attention = new(
        "attention",
        Required: false,
        [new("values", AttentionGradient.Values), new("none", AttentionGradient.None), new("exact", AttentionGradient.Exact)],
        []);

    public static readonly NumberKey TaylorScale = new("taylor_scale", Required: false, 1, 1e9, "1000");

    public static readonly ChoiceKey<Compatibility> Compatibility = new(
        "compatibility",
        Required: false,
        [new("none", Specs.Compatibility.None), new("authors", Specs.Compatibility.Authors)],
        [])
    {
        Synonyms = ["compat"],
    };

    public static readonly ChoiceKey<UpdateForm> Update = new(
        "update",
        Required: false,
        [new("auto", UpdateForm.Auto), new("primal", UpdateForm.Primal), new("dual", UpdateForm.Dual)],
        [])
    {
        Synonyms = ["update_form", "form"],
    };

    public static readonly SectionKey Section = new(
        "training",
        "training",
        Required: false,
        [Steps, Layers, LearningRate, Loss, LayerNorm, Attention, TaylorScale, Compatibility, Update]);
}

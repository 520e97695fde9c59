namespace TinT.Compiler.Construction;

/// <summary>Names of the signals of one auxiliary layer. A gradient's name is that of the signal it belongs to.</summary>
internal static class Signals
{
    public const string Hidden = "hidden";
    public const string MiddleHidden = "middle_hidden";
    public const string Norm1 = "norm1";
    public const string Norm2 = "norm2";
    public const string FinalNorm = "final_norm";
    public const string AttentionInput = "attention_input";
    public const string Query = "query";
    public const string Key = "key";
    public const string Value = "value";
    public const string Context = "context";
    public const string AttentionBranch = "attention_branch";
    public const string FeedForwardInput = "feed_forward_input";
    public const string PreActivation = "pre_activation";
    public const string Activated = "activated";
    public const string FeedForwardBranch = "feed_forward_branch";
    public const string HeadInput = "head_input";
    public const string TrainedInput = "trained_input";

    /// <summary>Gradient with respect to a signal.</summary>
    public static string Gradient(string signal) => signal + "_gradient";

    /// <summary>Share of a summed gradient that comes through one module.</summary>
    public static string GradientThrough(string signal, string module) => $"{signal}_gradient_through_{module}";

    /// <summary>Normalised signal x̂ of a layer norm.</summary>
    public static string Normalized(string norm) => norm + "_normalized";

    /// <summary>1 / sqrt(ε + variance) of a layer norm's input.</summary>
    public static string InverseDeviation(string norm) => norm + "_inverse_deviation";

    /// <summary>Part of a signal that is simulated in D-wide blocks.</summary>
    public static string Part(string signal, int copy, int copies) => copies == 1 ? signal : $"{signal}[{copy}]";
}

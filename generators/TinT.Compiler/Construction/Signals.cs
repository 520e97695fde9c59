namespace TinT.Compiler.Construction;

/// <summary>Names of the signals of one auxiliary layer.</summary>
internal static class Signals
{
    private const string Deviation = "_inverse_deviation";

    public const string Embedding = "token_embedding";
    public const string Hidden = "hidden";
    public const string MiddleHidden = "middle_hidden";
    public const string AttentionInput = "attention_input";
    public const string AttentionSum = "attention_sum";
    public const string QueryProjection = "query_projection";
    public const string KeyProjection = "key_projection";
    public const string Query = "query";
    public const string Key = "key";
    public const string Value = "value";
    public const string Context = "context";
    public const string AttentionBranch = "attention_branch";
    public const string AttentionOutput = "attention_output";
    public const string FeedForwardInput = "feed_forward_input";
    public const string FeedForwardSum = "feed_forward_sum";
    public const string Gate = "gate";
    public const string Up = "up";
    public const string PreActivation = "pre_activation";
    public const string Activated = "activated";
    public const string FeedForwardBranch = "feed_forward_branch";
    public const string FeedForwardOutput = "feed_forward_output";
    public const string HeadInput = "head_input";
    public const string TrainedInput = "trained_input";

    /// <summary>Normalized signal x̂ of a norm.</summary>
    public static string Normalized(string norm) => norm + "_normalized";

    /// <summary>1 / sqrt(ε + variance) of a norm's input.</summary>
    public static string InverseDeviation(string norm) => norm + Deviation;

    /// <summary>Whether a signal is one number for each row, not a row of numbers that may be one.</summary>
    public static bool IsInverseDeviation(string name) => name.EndsWith(Deviation, StringComparison.Ordinal);
}

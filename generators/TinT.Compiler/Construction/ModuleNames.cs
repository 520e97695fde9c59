namespace TinT.Compiler.Construction;

/// <summary>Names of the auxiliary modules; parameters are named after their module.</summary>
internal static class ModuleNames
{
    public const string Embedding = "embedding";
    public const string EmbeddingNorm = "embedding.norm";
    public const string ProjectIn = "embedding.project_in";
    public const string Norm1 = "norm1";
    public const string Query = "attention.query";
    public const string Key = "attention.key";
    public const string Value = "attention.value";
    public const string QueryNorm = "attention.query_norm";
    public const string KeyNorm = "attention.key_norm";
    public const string QueryRotation = "attention.query_rotation";
    public const string KeyRotation = "attention.key_rotation";
    public const string Attention = "attention";
    public const string AttentionOutput = "attention.output";
    public const string AttentionOutputNorm = "attention.output_norm";
    public const string AttentionResidual = "attention.residual";
    public const string Norm2 = "norm2";
    public const string Gate = "feed_forward.gate";
    public const string Up = "feed_forward.up";
    public const string Activation = "feed_forward.activation";
    public const string Gating = "feed_forward.gating";
    public const string Down = "feed_forward.down";
    public const string FeedForwardOutputNorm = "feed_forward.output_norm";
    public const string FeedForwardResidual = "feed_forward.residual";
    public const string FinalNorm = "final_norm";
    public const string ProjectOut = "head.project_out";
    public const string Head = "head";
}

namespace TinT.Literal.Simulator;

/// <summary>How many parameters a literal simulator has, as the paper accounts for them.</summary>
/// <param name="ForwardLayers">Forward modules of all layers.</param>
/// <param name="FinalNorm">Forward, backward and descent modules of the final norm.</param>
/// <param name="BackwardBlocks">Backward and descent modules of the trained layers.</param>
/// <param name="Prefixes">Auxiliary weights in prefix embeddings.</param>
/// <param name="Embeddings">Token embedding, position table, head, and what else no descent changes.</param>
public sealed record ParameterCounts(long ForwardLayers, long FinalNorm, long BackwardBlocks, long Prefixes, long Embeddings)
{
    /// <summary>The forward blocks of the published accounting, which has all modules of the final norm among them.</summary>
    public long ForwardBlocks => ForwardLayers + FinalNorm;

    /// <summary>All parameters.</summary>
    public long Total => ForwardBlocks + BackwardBlocks + Prefixes + Embeddings;
}

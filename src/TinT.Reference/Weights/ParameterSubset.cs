namespace TinT.Reference.Weights;

/// <summary>Which parameters exact fine-tuning trains.</summary>
public enum ParameterSubset
{
    /// <summary>
    /// <c>subset</c>: those TinT updates. In the trained layers W_v, W_o, W_1, W_2, of gated models W_g, and their biases, with
    /// <c>attention: exact</c> W_q and W_k and theirs; unless <c>layer_norm: none</c> the biases β of the norms
    /// there and of the final one, with <c>gain</c> or <c>full</c> their gains too (as the vectors they are in the checkpoint), with
    /// one of these and <c>attention: exact</c> those of queries and keys.
    /// </summary>
    TintSubset,

    /// <summary><c>blocks</c>: every parameter of the trained layers and of the final norm.</summary>
    TopBlocks,

    /// <summary><c>all</c>: every parameter, the tied embedding through both its uses; the trained layers do not matter.</summary>
    All,
}

namespace TinT.Compiler.Specs;

/// <summary>The simulator: the transformer whose prefix embeddings hold the auxiliary weights.</summary>
/// <param name="Sharding">Weight rows per prefix embedding, S.</param>
/// <param name="PrefixTokens">Prefix embeddings per D×D matrix, P = D / S.</param>
/// <param name="HiddenSize">Embedding size H of the simulator.</param>
/// <param name="HeadCount">Attention heads of the simulator.</param>
/// <param name="ReuseBlocks">Whether later passes reuse the simulator's blocks; changes its parameter count only.</param>
public sealed record SimulatorSpec(
    Spanned<int> Sharding,
    int PrefixTokens,
    Spanned<int> HiddenSize,
    Spanned<int> HeadCount,
    Spanned<bool> ReuseBlocks);

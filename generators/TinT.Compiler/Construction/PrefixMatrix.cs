namespace TinT.Compiler.Construction;

/// <summary>One D×D weight matrix with its bias, spread over P prefix embeddings.</summary>
/// <remarks>
/// Prefix p holds rows p·S … p·S+S−1 one after another in coordinates 0 … S·D−1 and the whole bias behind them; the rest
/// of the H coordinates is 0.
/// </remarks>
/// <param name="Parameter">Auxiliary parameter the matrix belongs to.</param>
/// <param name="Copy">Which of the parameter's square matrices it is, from 0.</param>
/// <param name="Copies">Square matrices the parameter is cut in: K for the feed-forward block, else 1.</param>
/// <param name="Diagonal">Whether the matrix starts as diag(gain).</param>
public sealed record PrefixMatrix(string Parameter, int Copy, int Copies, bool Diagonal);

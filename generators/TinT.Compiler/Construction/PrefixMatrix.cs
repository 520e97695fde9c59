namespace TinT.Compiler.Construction;

/// <summary>One D×D block of a weight matrix with its share of the bias, spread over P prefix embeddings.</summary>
/// <remarks>
/// Prefix p holds rows p·S … p·S+S−1 one after another in coordinates 0 … S·D−1 and the whole bias behind them; the rest
/// of the H coordinates is 0. A matrix [out, in] is cut in ⌈out/D⌉ · ⌈in/D⌉ blocks, of which the last of each direction are filled up with zeros.
/// Blocks whose outputs are summed, those side by side, each hold an equal share of the bias.
/// </remarks>
/// <param name="Parameter">Auxiliary parameter the matrix belongs to.</param>
/// <param name="Row">Which block of outputs it is, from 0.</param>
/// <param name="Rows">Blocks of outputs.</param>
/// <param name="Column">Which block of inputs it is, from 0.</param>
/// <param name="Columns">Blocks of inputs.</param>
/// <param name="Diagonal">Whether the matrix starts as diag(gain).</param>
/// <param name="HasBias">Whether there is a bias.</param>
public sealed record PrefixMatrix(string Parameter, int Row, int Rows, int Column, int Columns, bool Diagonal, bool HasBias)
{
    /// <summary>Which of the parameter's blocks it is, from 0, outputs first.</summary>
    public int Copy => (Row * Columns) + Column;

    /// <summary>Blocks the parameter is cut in.</summary>
    public int Copies => Rows * Columns;

    /// <summary>Blocks of <paramref name="size"/> that <paramref name="length"/> numbers take.</summary>
    public static int BlocksOf(int length, int size) => (length + size - 1) / size;
}

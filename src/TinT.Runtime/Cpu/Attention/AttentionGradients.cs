using TinT.Runtime.Cpu.Memory;

namespace TinT.Runtime.Cpu.Attention;

/// <summary>What the backward pass reads and writes, for the rows in range; without <paramref name="Values"/> only the values get a gradient.</summary>
/// <param name="FirstRow">First row in range.</param>
/// <param name="Values">v, [T, D], or the default.</param>
/// <param name="Output">Gradient at the output, [rows, D].</param>
/// <param name="ToQueries">dq, [rows, D], or the default.</param>
/// <param name="ToKeys">dk, [rows, D], or the default.</param>
/// <param name="ToValues">dv, [rows, D].</param>
internal readonly record struct AttentionGradients(
    int FirstRow, MatrixView Values, MatrixView Output, MatrixView ToQueries, MatrixView ToKeys, MatrixView ToValues)
{
    /// <summary>Whether the scores get gradients too.</summary>
    public bool Exact => Values.Rows > 0;
}

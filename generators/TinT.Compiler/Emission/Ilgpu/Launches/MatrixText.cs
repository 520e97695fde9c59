using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Launches;

/// <summary>Parameters of kernels as matrices.</summary>
internal static class MatrixText
{
    /// <summary>Columns of a buffer with a row for each token.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="operand">The columns.</param>
    /// <param name="rows">The parameter with the number of rows.</param>
    /// <param name="heads">Rows that each token has: heads of a buffer that has nothing but them.</param>
    public static string OfTokens(CompiledModel model, string name, Operand operand, string rows = "rows", int heads = 1) =>
        $"Matrix.OfTokens({name}, {rows}, {Integer(operand.Columns / heads)}, stride: {Stride(model, operand, heads)})";

    /// <summary>Columns of a buffer of which every thread has an element.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="operand">The columns.</param>
    public static string OfElements(CompiledModel model, string name, Operand operand) =>
        $"Matrix.OfElements({name}, {Integer(operand.Columns)}, stride: {Stride(model, operand)})";

    /// <summary>Weights.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    public static string OfWeights(string name, int rows, int columns) => $"Matrix.OfWeights({name}, {Integer(rows)}, {Integer(columns)})";

    /// <summary>Floats from one row of a buffer to the next.</summary>
    /// <param name="model">The model.</param>
    /// <param name="operand">Columns of the buffer.</param>
    /// <param name="heads">Rows that each token has.</param>
    public static string Stride(CompiledModel model, Operand operand, int heads = 1) => Integer(model.Buffers[operand.Buffer].Columns / heads);
}

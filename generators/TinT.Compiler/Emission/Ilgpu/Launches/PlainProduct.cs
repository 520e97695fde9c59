namespace TinT.Compiler.Emission.Ilgpu.Launches;

/// <summary>A product with nothing fused to it. The kernel's parameters are the left operand, whose terms lie along its rows, the right operand, the result and the number of rows.</summary>
/// <param name="LeftStride">Floats from one row of the left operand to the next.</param>
/// <param name="RightStride">Floats from one row of the right operand to the next.</param>
/// <param name="Transposed">Whether the right operand is transposed: its terms lie along its rows.</param>
/// <param name="ResultStride">Floats from one row of the result to the next.</param>
/// <param name="Columns">Columns of the result.</param>
/// <param name="Terms">Terms of its sums.</param>
internal sealed record PlainProduct(string LeftStride, string RightStride, bool Transposed, string ResultStride, string Columns, string Terms)
{
    /// <summary>The call of the library with the parameters of a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    public string Call(IlgpuKernel kernel)
    {
        string[] names = [.. kernel.Parameters.Select(parameter => parameter.Name)];
        string transposed = Transposed ? "true" : "false";
        return $"(_, {string.Join(", ", names)}) => Multiply({names[0]}, {LeftStride}, {names[1]}, {RightStride}, {transposed}, {names[2]}, {ResultStride}, {names[3]}, {Columns}, {Terms})";
    }
}

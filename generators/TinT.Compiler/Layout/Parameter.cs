namespace TinT.Compiler.Layout;

/// <summary>A weight matrix or vector as the kernels read it: dense, row-major, [out, in].</summary>
/// <param name="Name">Name, such as <c>attention.query_key.weight</c>.</param>
/// <param name="Rows">Rows; 1 for a vector.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Vector">Whether it is a vector.</param>
/// <param name="Diagonal">Whether it is loaded as the diagonal of a square matrix.</param>
/// <param name="Region">Region it belongs to.</param>
/// <param name="Offset">First element, in floats from the start of its region's block.</param>
/// <param name="Sources">Checkpoint tensors stacked by rows (a vector: end to end).</param>
public sealed record Parameter(
    string Name,
    int Rows,
    int Columns,
    bool Vector,
    bool Diagonal,
    ParameterRegion Region,
    long Offset,
    EquatableArray<TensorSource> Sources)
{
    /// <summary>Number of elements.</summary>
    public long Length => (long)Rows * Columns;

    /// <summary>Whether it may be stored in 16 bits: a matrix of the checkpoint. Biases and gains are singles, gains that are trained as matrices too.</summary>
    public bool IsNarrowable => !Vector && !Diagonal;
}

using System.ComponentModel;

namespace TinT.Runtime.Parameters;

/// <summary>Ties a dense row-major [out, in] matrix, or a vector, to the checkpoint tensor it is loaded from.</summary>
/// <param name="Region">Region it belongs to.</param>
/// <param name="Offset">First element, in floats from the start of its region's block.</param>
/// <param name="Rows">Rows; 1 for a vector.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Tensor">Name of the tensor; <c>{0}</c> stands for the layer.</param>
/// <param name="Shape">Shape of the whole tensor in the checkpoint.</param>
/// <param name="Transposed">Whether the tensor is stored [in, out].</param>
/// <param name="FirstRow">First output row of the tensor that belongs here, for tensors that hold several matrices.</param>
/// <param name="RunRows">Output rows of the tensor that follow each other; 0 for all.</param>
/// <param name="RunStride">Distance between the beginnings of such stretches.</param>
/// <param name="Added">What is added to what is stored.</param>
/// <param name="Diagonal">Whether the tensor is a vector that is loaded as the diagonal of the matrix.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ParameterBinding(
    ParameterRegion Region,
    long Offset,
    int Rows,
    int Columns,
    string Tensor,
    int[] Shape,
    bool Transposed = false,
    int FirstRow = 0,
    bool Diagonal = false,
    int RunRows = 0,
    int RunStride = 0,
    float Added = 0)
{
    /// <summary>Output of the tensor, a row or an element of a vector, that belongs to an output here.</summary>
    /// <param name="output">The output, from 0.</param>
    internal int SourceOf(int output) => RunRows == 0 ? FirstRow + output : FirstRow + (output / RunRows * RunStride) + (output % RunRows);
}

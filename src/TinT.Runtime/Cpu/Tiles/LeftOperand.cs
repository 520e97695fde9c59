using TinT.Runtime.Cpu.Memory;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Rows that are multiplied, cut into depth blocks: packed, or where they are.</summary>
/// <param name="first">Element (0, 0).</param>
/// <param name="stride">Row stride in floats.</param>
/// <param name="step">Floats from one element of a row to the next.</param>
/// <param name="blockStep">Floats from one depth block to the next.</param>
internal readonly unsafe struct LeftOperand(float* first, nint stride, nint step, nint blockStep)
{
    private readonly float* first = first;

    /// <summary>Row stride in floats.</summary>
    public nint Stride => stride;

    /// <summary>Floats from one element of a row to the next.</summary>
    public nint Step => step;

    /// <summary>Rows that are packed.</summary>
    public static LeftOperand Packed(float* left, PackedLeft layout) => new(left, TileShape.DepthStride, 1, layout.Offset(1));

    /// <summary>The rows of a matrix.</summary>
    public static LeftOperand Rows(MatrixView matrix) => Rows(matrix.Pointer, matrix.Stride);

    /// <summary>The rows of a matrix from an element on.</summary>
    public static LeftOperand Rows(float* first, nint stride) => new(first, stride, 1, TileShape.Depth);

    /// <summary>The columns of a matrix.</summary>
    public static LeftOperand Columns(MatrixView matrix) => new(matrix.Pointer, 1, matrix.Stride, (nint)TileShape.Depth * matrix.Stride);

    /// <summary>The rows of a depth block.</summary>
    public float* Block(int block) => first + (block * blockStep);
}

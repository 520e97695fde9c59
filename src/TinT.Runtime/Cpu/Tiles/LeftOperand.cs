namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Rows that are multiplied, cut into depth blocks: packed, or where they are.</summary>
/// <param name="first">Element (0, 0).</param>
/// <param name="stride">Row stride in floats.</param>
/// <param name="blockStep">Floats from one depth block to the next.</param>
internal readonly unsafe struct LeftOperand(float* first, nint stride, nint blockStep)
{
    private readonly float* first = first;

    /// <summary>Row stride in floats.</summary>
    public nint Stride => stride;

    /// <summary>Rows that are packed.</summary>
    public static LeftOperand Packed(float* left, PackedLeft layout) => new(left, TileShape.DepthStride, layout.Offset(1));

    /// <summary>Rows as they are in a matrix.</summary>
    public static LeftOperand InPlace(MatrixView matrix) => InPlace(matrix.Pointer, matrix.Stride);

    /// <summary>The same from an element on.</summary>
    public static LeftOperand InPlace(float* first, nint stride) => new(first, stride, TileShape.Depth);

    /// <summary>The rows of a depth block.</summary>
    public float* Block(int block) => first + (block * blockStep);
}

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Weights that a product is a step down from.</summary>
/// <param name="source">[rows, columns] of the product.</param>
/// <param name="stride">Their row stride in floats.</param>
/// <param name="scale">Learning rate.</param>
internal readonly unsafe struct TileDescent(float* source, nint stride, float scale)
{
    private readonly float* source = source;

    /// <summary>Learning rate.</summary>
    public float Scale => scale;

    /// <summary>A row of the weights.</summary>
    public float* Row(int row) => source + (row * stride);

    /// <summary>The weights from a row on.</summary>
    public TileDescent From(int row) => new(Row(row), stride, scale);
}

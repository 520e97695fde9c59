namespace TinT.Runtime.Cpu.Tiles;

/// <summary>What tiles are made of, one below the other. Row strides are in floats.</summary>
/// <remarks>
/// Passed by reference and moved field by field. A copy is loaded in wider pieces than those just stored, and such a load waits until every
/// store before it, those of the tile included, is in the cache: 7% where these go to other lines than the sums.
/// </remarks>
internal unsafe struct TileOperands
{
    /// <summary>Length of the sums, at most <see cref="TileShape.Depth"/>.</summary>
    public int Depth;

    /// <summary>Left rows, [rows, depth].</summary>
    public float* Left;

    /// <summary>Row stride of <see cref="Left"/>.</summary>
    public nint LeftStride;

    /// <summary>Distance of its elements along the depth.</summary>
    public nint LeftStep;

    /// <summary>A right panel: [depth, vectors of a panel].</summary>
    public float* Panel;

    /// <summary>Whether the product is added to <see cref="Sums"/>.</summary>
    public bool Accumulate;

    /// <summary>[rows, computed vectors].</summary>
    public float* Sums;

    /// <summary>Row stride of <see cref="Sums"/>.</summary>
    public nint SumsStride;

    /// <summary>Where the result goes, which may be the sums: [rows, computed vectors].</summary>
    public float* Result;

    /// <summary>Row stride of <see cref="Result"/>.</summary>
    public nint ResultStride;

    /// <summary>Weights that a descending product is a step down from: [rows, computed vectors].</summary>
    public float* Weights;

    /// <summary>Row stride of <see cref="Weights"/>.</summary>
    public nint WeightsStride;

    /// <summary>Learning rate of a descending product.</summary>
    public float Rate;

    /// <summary>Goes on to lower rows.</summary>
    public void Advance(int rows)
    {
        Left += rows * LeftStride;
        Sums += rows * SumsStride;
        Result += rows * ResultStride;
        Weights += rows * WeightsStride;
    }
}

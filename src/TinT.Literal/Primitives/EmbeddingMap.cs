using System.Numerics;
using TinT.Reference.Matrices;

namespace TinT.Literal.Primitives;

/// <summary>A linear map of the simulator's embedding with fewer weights than H²: split in parts, or the transposed kind.</summary>
public abstract class EmbeddingMap : Primitive
{
    private protected EmbeddingMap(string name, int parts, int partSize)
        : base(name)
    {
        Parts = parts;
        PartSize = partSize;
    }

    /// <summary>Parts of the embedding; H = parts · part size.</summary>
    public int Parts { get; }

    /// <summary>Coordinates in each part.</summary>
    public int PartSize { get; }

    /// <summary>Maps every embedding.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="run">Holds the weight and the bias.</param>
    /// <param name="input">Embeddings, [positions, H].</param>
    public abstract Matrix<T> Apply<T>(LiteralRun<T> run, Matrix<T> input)
        where T : IFloatingPointIeee754<T>;
}

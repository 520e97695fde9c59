using System.Numerics;
using System.Numerics.Tensors;
using TinT.Literal.Parameters;
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
    /// <param name="parameters">Holds the weight and the bias.</param>
    /// <param name="input">Embeddings, [positions, H].</param>
    public abstract Matrix<T> Apply<T>(ParameterValues<T> parameters, Matrix<T> input)
        where T : IFloatingPointIeee754<T>;

    /// <summary>y += x W for one row x and W [inputs, outputs].</summary>
    private protected static void AddProduct<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> weight, Span<T> y)
        where T : IFloatingPointIeee754<T>
    {
        for (int input = 0; input < x.Length; input++)
        {
            if (!T.IsZero(x[input]))
                TensorPrimitives.MultiplyAdd(weight.Slice(input * y.Length, y.Length), x[input], y, y);
        }
    }
}

using System.Numerics;
using System.Numerics.Tensors;
using TinT.Literal.Parameters;
using TinT.Reference.Matrices;

namespace TinT.Literal.Primitives;

/// <summary>
/// Spreads position codes of the size of one head over all heads: query, key and value each have one factor per head. Weight
/// [3, 1, heads], bias [heads], which all three share.
/// </summary>
public sealed class HeadExpansion : Primitive
{
    private readonly IReadOnlyList<(AttentionRole Role, int Head)> heads;

    /// <summary>Creates an expansion.</summary>
    /// <param name="name">Name of the primitive.</param>
    /// <param name="headCount">Heads.</param>
    /// <param name="heads">Where a position code is used as it is; elsewhere it is not used.</param>
    public HeadExpansion(string name, int headCount, IEnumerable<(AttentionRole Role, int Head)> heads)
        : base(name)
    {
        HeadCount = headCount;
        this.heads = [.. heads];
    }

    /// <summary>Heads.</summary>
    public int HeadCount { get; }

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters =>
    [
        new(WeightName, [3, 1, HeadCount], heads.Select(use => new ParameterEntry(((int)use.Role * HeadCount) + use.Head, 1))),
        ParameterDefinition.Zero(BiasName, HeadCount),
    ];

    /// <summary>Adds the position codes of one role to its embeddings.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="parameters">Holds the weight and the bias.</param>
    /// <param name="role">Query, key or value.</param>
    /// <param name="codes">Mapped position codes, [positions, 3 · head size].</param>
    /// <param name="embeddings">Queries, keys or values, [positions, H].</param>
    public void AddTo<T>(ParameterValues<T> parameters, AttentionRole role, Matrix<T> codes, Matrix<T> embeddings)
        where T : IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> weight = parameters[WeightName].AsSpan((int)role * HeadCount, HeadCount);
        T[] bias = parameters[BiasName];
        int headSize = embeddings.Columns / HeadCount;
        for (int position = 0; position < embeddings.Rows; position++)
        {
            ReadOnlySpan<T> code = codes.Row(position, (int)role * headSize, headSize);
            for (int head = 0; head < HeadCount; head++)
            {
                Span<T> row = embeddings.Row(position, head * headSize, headSize);
                TensorPrimitives.MultiplyAdd(code, weight[head], row, row);
                TensorPrimitives.Add(row, bias[head], row);
            }
        }
    }
}

using System.Buffers;
using System.Numerics.Tensors;
using TinT.Literal.Parameters;
using TinT.Reference.Matrices;

namespace TinT.Literal.Primitives;

/// <summary>
/// The transposed kind of a split linear map: for every coordinate d inside a part, the parts' values at d are mixed by a matrix of
/// their own. Weight [part size, input parts, output parts], bias [part size, output parts].
/// </summary>
public sealed class MixingMap : EmbeddingMap
{
    private readonly IEnumerable<(int Coordinate, Link Link)> links;

    /// <summary>Creates a map whose matrix is the same for every coordinate.</summary>
    /// <param name="name">Name of the primitive.</param>
    /// <param name="parts">Parts of the embedding.</param>
    /// <param name="partSize">Coordinates in each part.</param>
    /// <param name="links">Which part goes where, with what weight; enumerated whenever values are needed.</param>
    public MixingMap(string name, int parts, int partSize, IEnumerable<Link> links)
        : this(name, parts, partSize, Enumerable.Range(0, partSize).SelectMany(coordinate => links.Select(link => (coordinate, link))))
    {
    }

    /// <summary>Creates a map.</summary>
    /// <param name="name">Name of the primitive.</param>
    /// <param name="parts">Parts of the embedding.</param>
    /// <param name="partSize">Coordinates in each part.</param>
    /// <param name="links">For a coordinate inside the parts, which part goes where, with what weight; enumerated whenever values are needed.</param>
    public MixingMap(string name, int parts, int partSize, IEnumerable<(int Coordinate, Link Link)> links)
        : base(name, parts, partSize) => this.links = links;

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters =>
    [
        new(WeightName, [PartSize, Parts, Parts], links.Select(entry =>
            new ParameterEntry((((long)entry.Coordinate * Parts) + entry.Link.From) * Parts + entry.Link.To, entry.Link.Weight))),
        ParameterDefinition.Zero(BiasName, PartSize, Parts),
    ];

    /// <summary>The map that changes nothing.</summary>
    /// <param name="name">Name of the primitive.</param>
    /// <param name="parts">Parts of the embedding.</param>
    /// <param name="partSize">Coordinates in each part.</param>
    public static MixingMap Identity(string name, int parts, int partSize) => new(name, parts, partSize, Link.Identity(parts));

    /// <inheritdoc/>
    public override Matrix<T> Apply<T>(LiteralRun<T> run, Matrix<T> input)
    {
        T[] weight = run.Parameters[WeightName];
        T[] bias = run.Parameters[BiasName];
        Matrix<T> output = run.Scratch.Take(input.Rows, input.Columns);
        run.Workers.ForEachRow(input.Rows, position =>
        {
            Span<T> from = input.Row(position);
            Span<T> to = output.Row(position);
            T[] mixed = ArrayPool<T>.Shared.Rent(Parts);
            Span<T> y = mixed.AsSpan(0, Parts);
            for (int coordinate = 0; coordinate < PartSize; coordinate++)
            {
                bias.AsSpan(coordinate * Parts, Parts).CopyTo(y);
                ReadOnlySpan<T> matrix = weight.AsSpan(coordinate * Parts * Parts, Parts * Parts);
                for (int part = 0; part < Parts; part++)
                {
                    T x = from[(part * PartSize) + coordinate];
                    if (!T.IsZero(x))
                        TensorPrimitives.MultiplyAdd(matrix.Slice(part * Parts, Parts), x, y, y);
                }

                for (int part = 0; part < Parts; part++)
                    to[(part * PartSize) + coordinate] = y[part];
            }

            ArrayPool<T>.Shared.Return(mixed);
        });
        return output;
    }
}

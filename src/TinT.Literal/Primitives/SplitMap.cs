using TinT.Literal.Parameters;
using TinT.Reference.Matrices;

namespace TinT.Literal.Primitives;

/// <summary>
/// A split linear map: part j of the embedding becomes x_j W_j + b_j. Weight [parts, inputs, outputs], bias [parts, outputs]:
/// parts · part size² weights instead of H².
/// </summary>
public sealed class SplitMap : EmbeddingMap
{
    private readonly IEnumerable<(int Part, Link Link)> links;

    /// <summary>Creates a map.</summary>
    /// <param name="name">Name of the primitive.</param>
    /// <param name="parts">Parts of the embedding.</param>
    /// <param name="partSize">Coordinates in each part.</param>
    /// <param name="links">Weights that are not zero, by part; enumerated whenever values are needed.</param>
    public SplitMap(string name, int parts, int partSize, IEnumerable<(int Part, Link Link)> links)
        : base(name, parts, partSize) => this.links = links;

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters =>
    [
        new(WeightName, [Parts, PartSize, PartSize], links.Select(entry =>
            new ParameterEntry((((long)entry.Part * PartSize) + entry.Link.From) * PartSize + entry.Link.To, entry.Link.Weight))),
        ParameterDefinition.Zero(BiasName, Parts, PartSize),
    ];

    /// <summary>The map that leaves some parts as they are and clears the others.</summary>
    /// <param name="name">Name of the primitive.</param>
    /// <param name="parts">Parts of the embedding.</param>
    /// <param name="partSize">Coordinates in each part.</param>
    /// <param name="kept">The parts to keep; <see langword="null"/> for all.</param>
    public static SplitMap Identity(string name, int parts, int partSize, IEnumerable<int>? kept = null) =>
        new(name, parts, partSize, (kept ?? Enumerable.Range(0, parts)).SelectMany(part => Link.Identity(partSize).Select(link => (part, link))));

    /// <inheritdoc/>
    public override Matrix<T> Apply<T>(LiteralRun<T> run, Matrix<T> input)
    {
        Matrix<T> weight = new(Parts * PartSize, PartSize, run.Parameters[WeightName]);
        T[] bias = run.Parameters[BiasName];
        Matrix<T> output = run.Scratch.Take(input.Rows, input.Columns);
        for (int position = 0; position < input.Rows; position++)
            bias.CopyTo(output.Row(position));
        for (int part = 0; part < Parts; part++)
        {
            int first = part * PartSize;
            run.Products.By(
                input.Part(0, input.Rows, first, PartSize),
                weight.Part(first, PartSize, 0, PartSize),
                output.Part(0, input.Rows, first, PartSize),
                accumulate: true);
        }

        return output;
    }
}

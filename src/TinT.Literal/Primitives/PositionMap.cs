using System.Numerics;
using System.Numerics.Tensors;
using TinT.Literal.Parameters;
using TinT.Reference.Matrices;

namespace TinT.Literal.Primitives;

/// <summary>A linear map of the one-hot position codes: weight [position size, outputs], bias [outputs].</summary>
public sealed class PositionMap : Primitive
{
    private readonly IEnumerable<Link> links;
    private readonly double bias;

    /// <summary>Creates a map.</summary>
    /// <param name="name">Name of the primitive.</param>
    /// <param name="positionSize">Length of a position code.</param>
    /// <param name="outputs">Numbers it makes of a code.</param>
    /// <param name="links">Weights that are not zero, from position to output; enumerated whenever values are needed.</param>
    /// <param name="bias">Bias of every output.</param>
    public PositionMap(string name, int positionSize, int outputs, IEnumerable<Link> links, double bias = 0)
        : base(name)
    {
        PositionSize = positionSize;
        Outputs = outputs;
        this.links = links;
        this.bias = bias;
    }

    /// <summary>Length of a position code, context + P.</summary>
    public int PositionSize { get; }

    /// <summary>Numbers it makes of a code.</summary>
    public int Outputs { get; }

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters =>
    [
        new(WeightName, [PositionSize, Outputs], links.Select(link => new ParameterEntry(((long)link.From * Outputs) + link.To, link.Weight))),
        new(BiasName, [Outputs], bias == 0 ? [] : Enumerable.Range(0, Outputs).Select(index => new ParameterEntry(index, bias))),
    ];

    /// <summary>Maps the position codes.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="run">Holds the weight, the bias and the position codes, [positions, position size].</param>
    /// <returns>[positions, outputs].</returns>
    public Matrix<T> Apply<T>(LiteralRun<T> run)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> codes = run.PositionCodes;
        T[] weight = run.Parameters[WeightName];
        Matrix<T> output = run.Scratch.Take(codes.Rows, Outputs);
        for (int position = 0; position < codes.Rows; position++)
        {
            Span<T> row = output.Row(position);
            run.Parameters[BiasName].CopyTo(row);
            Span<T> code = codes.Row(position);
            for (int index = 0; index < code.Length; index++)
            {
                if (!T.IsZero(code[index]))
                    TensorPrimitives.MultiplyAdd(weight.AsSpan(index * Outputs, Outputs), code[index], row, row);
            }
        }

        return output;
    }
}

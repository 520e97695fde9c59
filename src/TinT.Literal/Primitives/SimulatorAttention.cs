using System.Numerics;
using TinT.Literal.Parameters;
using TinT.Reference.Matrices;

namespace TinT.Literal.Primitives;

/// <summary>
/// Attention of the simulator. Queries, keys and values are made of the embedding by split maps, and of the position code by one
/// shared map of the size of a head that is expanded over the heads; the heads' outputs go through the projection c_proj.
/// </summary>
public sealed class SimulatorAttention
{
    /// <summary>Heads.</summary>
    public required int HeadCount { get; init; }

    /// <summary>What is done with the scores.</summary>
    public required AttentionKind Kind { get; init; }

    /// <summary>Factor of the scores.</summary>
    public double ScoreScale { get; init; } = 1;

    /// <summary>
    /// For each of the first heads by how much a score grows with each position that the key is behind the query, as ALiBi has it; empty if scores do not.
    /// </summary>
    public IReadOnlyList<double> Slopes { get; init; } = [];

    /// <summary>c of c tanh(score / c), which stands for scores before distances are added; <see langword="null"/> if they stay as they are.</summary>
    public double? ScoreCap { get; init; }

    /// <summary>How queries are made of embeddings.</summary>
    public required ProjectedInput Query { get; init; }

    /// <summary>How keys are made of embeddings.</summary>
    public required ProjectedInput Key { get; init; }

    /// <summary>How values are made of embeddings.</summary>
    public required ProjectedInput Value { get; init; }

    /// <summary>Position codes to codes of the size of three heads.</summary>
    public required PositionMap Positions { get; init; }

    /// <summary>Which heads use the position codes.</summary>
    public required HeadExpansion Expansion { get; init; }

    /// <summary>The output projection c_proj.</summary>
    public required MixingMap Projection { get; init; }

    /// <summary>Every parameter, in the order of the authors' code.</summary>
    public IEnumerable<ParameterDefinition> Parameters =>
    [
        .. Query.Parameters,
        .. Key.Parameters,
        .. Value.Parameters,
        .. Positions.Parameters,
        .. Expansion.Parameters,
        .. Projection.Parameters,
    ];

    /// <summary>Attends.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="run">Parameters and position codes.</param>
    /// <param name="hidden">Embeddings, [positions, H].</param>
    /// <param name="mayAttend">Whether query position i may attend to key position j.</param>
    /// <param name="maySend">With transposed attention, whether position j may receive what position i sends back; otherwise not used.</param>
    /// <returns>[positions, H]; a position that may attend to nothing has output 0 in front of the projection.</returns>
    public Matrix<T> Apply<T>(LiteralRun<T> run, Matrix<T> hidden, Func<int, int, bool> mayAttend, Func<int, int, bool>? maySend = null)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> codes = Positions.Apply(run);
        Matrix<T> Project(ProjectedInput input, AttentionRole role)
        {
            Matrix<T> projected = input.Apply(run, hidden);
            Expansion.AddTo(run.Parameters, role, codes, projected);
            return projected;
        }

        Matrix<T> queries = Project(Query, AttentionRole.Query);
        Matrix<T> keys = Project(Key, AttentionRole.Key);
        Matrix<T> values = Project(Value, AttentionRole.Value);
        Matrix<T> output = run.Scratch.Take(hidden.Rows, hidden.Columns);
        int headSize = hidden.Columns / HeadCount;
        AttentionMask allowed = new(hidden.Rows, mayAttend);
        AttentionMask? sent = maySend is null ? null : new AttentionMask(hidden.Rows, (query, key) => maySend(key, query));
        Matrix<T> weights = run.Scratch.Take(hidden.Rows, hidden.Rows);
        for (int head = 0; head < HeadCount; head++)
        {
            Matrix<T> Head(Matrix<T> matrix) => matrix.Part(0, hidden.Rows, head * headSize, headSize);
            AttentionWeights.Scores(run, Head(queries), Head(keys), allowed, ScoreScale, weights);
            if (ScoreCap is { } cap)
                AttentionWeights.Cap(run, cap, weights);
            if (head < Slopes.Count)
                AttentionWeights.AddDistances(run, allowed, Slopes[head], weights);
            if (Kind != AttentionKind.Linear)
                AttentionWeights.Normalize(run, allowed, weights);
            if (Kind != AttentionKind.TransposedSoftmax)
            {
                run.Products.By(weights, Head(values), Head(output));
                continue;
            }

            sent?.Clear(run, weights);
            run.Products.TransposedBy(weights, Head(values), Head(output));
        }

        return Projection.Apply(run, output);
    }
}

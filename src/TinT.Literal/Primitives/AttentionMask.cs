using System.Numerics;
using TinT.Reference.Matrices;

namespace TinT.Literal.Primitives;

/// <summary>Which query positions may attend to which key positions.</summary>
internal sealed class AttentionMask
{
    private readonly int positions;
    private readonly bool[] allowed;

    /// <summary>Asks a rule for every pair.</summary>
    /// <param name="positions">Positions.</param>
    /// <param name="mayAttend">Whether query position i may attend to key position j.</param>
    public AttentionMask(int positions, Func<int, int, bool> mayAttend)
    {
        this.positions = positions;
        allowed = new bool[positions * positions];
        for (int query = 0; query < positions; query++)
        {
            for (int key = 0; key < positions; key++)
                allowed[(query * positions) + key] = mayAttend(query, key);
        }
    }

    /// <summary>For every key position, whether one query may attend to it.</summary>
    /// <param name="query">The query position.</param>
    public ReadOnlySpan<bool> Row(int query) => allowed.AsSpan(query * positions, positions);

    /// <summary>Sets what is not allowed to 0.</summary>
    /// <param name="run">Shares the work.</param>
    /// <param name="weights">Weights, [queries, keys].</param>
    public void Clear<T>(LiteralRun<T> run, Matrix<T> weights)
        where T : IFloatingPointIeee754<T> => run.Workers.ForEachRow(weights.Rows, query => Clear(query, weights.Row(query)));

    /// <summary>Sets what is not allowed to 0 in one row.</summary>
    /// <param name="query">The query position.</param>
    /// <param name="weights">Its weights, [keys].</param>
    public void Clear<T>(int query, Span<T> weights)
        where T : IFloatingPointIeee754<T>
    {
        ReadOnlySpan<bool> row = Row(query);
        for (int key = 0; key < weights.Length; key++)
        {
            if (!row[key])
                weights[key] = T.Zero;
        }
    }
}

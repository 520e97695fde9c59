using System.Numerics;
using TinT.Reference.Matrices;

namespace TinT.Literal.Simulator;

/// <summary>Writes matrices of the auxiliary model into prefix embeddings.</summary>
internal static class PrefixWriter
{
    /// <summary>Writes a matrix with its bias over zeros.</summary>
    /// <param name="places">Where rows and bias lie.</param>
    /// <param name="role">Which elements the matrix holds.</param>
    /// <param name="weight">The parameter with the weights.</param>
    /// <param name="bias">The parameter with the bias; <see langword="null"/> if there is none.</param>
    /// <param name="prefix">Embeddings whose first P receive it, [P or more, H].</param>
    public static void Write<T>(PrefixLayout places, PrefixParameters role, T[] weight, T[]? bias, Matrix<T> prefix)
        where T : IFloatingPointIeee754<T>
    {
        int size = places.RowLength;
        T shares = T.CreateChecked(role.BiasShares);
        for (int row = 0; row < size; row++)
        {
            Span<T> stored = Row(places, prefix, row);
            for (int column = 0; column < size; column++)
            {
                if (role.WeightIndex(row, column) is { } index)
                    stored[column] = weight[index];
            }

            if (bias is null || role.BiasIndex(row) is not { } place)
                continue;
            for (int index = 0; index < places.PrefixCount; index++)
                prefix[index, places.BiasStart + row] = bias[place] / shares;
        }
    }

    /// <summary>Where a row of a matrix lies.</summary>
    /// <param name="places">Where rows and bias lie.</param>
    /// <param name="prefix">The prefix, [P or more, H].</param>
    /// <param name="row">The row.</param>
    public static Span<T> Row<T>(PrefixLayout places, Matrix<T> prefix, int row)
        where T : IFloatingPointIeee754<T> => prefix.Row(places.PrefixOf(row), places.StartOf(row), places.RowLength);
}

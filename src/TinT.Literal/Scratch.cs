using System.Numerics;
using TinT.Reference.Matrices;

namespace TinT.Literal;

/// <summary>
/// Matrices that are needed while one module runs. Each is taken anew and all are given back together, so that a run needs the embeddings of one
/// module and not those that the garbage collector has not yet seen to.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
internal sealed class Scratch<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly Dictionary<int, Stack<T[]>> free = [];
    private readonly List<T[]> taken = [];

    /// <summary>A matrix of zeros, which is the caller's until <see cref="ReturnAll"/>.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    public Matrix<T> Take(int rows, int columns)
    {
        int size = checked(rows * columns);
        if (free.TryGetValue(size, out Stack<T[]>? arrays) && arrays.TryPop(out T[]? values))
            Array.Clear(values);
        else
            values = new T[size];
        taken.Add(values);
        return new Matrix<T>(rows, columns, values);
    }

    /// <summary>Takes back every matrix.</summary>
    public void ReturnAll()
    {
        foreach (T[] values in taken)
        {
            if (!free.TryGetValue(values.Length, out Stack<T[]>? arrays))
                free.Add(values.Length, arrays = []);
            arrays.Push(values);
        }

        taken.Clear();
    }
}

using System.Numerics;
using System.Numerics.Tensors;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tape;

/// <summary>
/// The operations of a sequence in the order in which they ran, each with its vector-Jacobian product; passing back plays them the other way round.
/// Each operation is a file beside this one.
/// </summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="tokens">Tokens T.</param>
/// <param name="workers">Threads.</param>
/// <param name="rules">Where a backward pass departs from the true gradients.</param>
internal sealed class Tape<T>(int tokens, Workers workers, BackwardRules<T> rules)
    where T : IFloatingPointIeee754<T>
{
    private readonly List<(Node<T> Output, Action<Matrix<T>> Back)> operations = [];
    private readonly Dictionary<int, Stack<T[]>> free = [];
    private int rows;

    /// <summary>Tokens T.</summary>
    public int Tokens => tokens;

    /// <summary>Threads.</summary>
    public Workers Workers => workers;

    /// <summary>Where a backward pass departs from the true gradients.</summary>
    public BackwardRules<T> Rules => rules;

    /// <summary>Products.</summary>
    public MatrixProducts<T> Products { get; } = new(workers);

    /// <summary>The sequence that runs.</summary>
    public Sequence<T> Sequence { get; private set; } = null!;

    /// <summary>Operations recorded.</summary>
    public int Length => operations.Count;

    /// <summary>Forgets all operations.</summary>
    /// <param name="sequence">The sequence that runs next.</param>
    public void Start(Sequence<T> sequence)
    {
        Rewind(0);
        Sequence = sequence;
    }

    /// <summary>Forgets the operations from a place on.</summary>
    /// <param name="length">How many are left.</param>
    public void Rewind(int length)
    {
        for (int index = length; index < operations.Count; index++)
            Release(operations[index].Output.Value);
        operations.RemoveRange(length, operations.Count - length);
    }

    /// <summary>Records an operation that has run.</summary>
    /// <param name="value">What it computed.</param>
    /// <param name="back">Passes the gradient of it, which it owns, to the operands by <see cref="Give"/>.</param>
    public Node<T> Record(Matrix<T> value, Action<Matrix<T>> back)
    {
        Node<T> node = new(value);
        operations.Add((node, back));
        return node;
    }

    /// <summary>Keeps memory until the tape is rewound.</summary>
    public void Keep(Matrix<T> matrix) => Record(matrix, _ => { });

    /// <summary>Starts a backward pass.</summary>
    /// <param name="gradientRows">Rows that have a gradient: attention looks back only, so those behind the last row that the loss counts have none.</param>
    public void Begin(int gradientRows) => rows = gradientRows;

    /// <summary>Passes gradients back to a place of the tape, from where the last call stopped; then none comes from above any more.</summary>
    /// <param name="from">The earlier place.</param>
    /// <param name="to">The later place.</param>
    public void PassBack(int from, int to)
    {
        for (int index = to - 1; index >= from; index--)
        {
            (Node<T> output, Action<Matrix<T>> back) = operations[index];
            if (output.Gradient is not { } gradient)
                continue;
            output.Gradient = null;
            back(gradient);
        }
    }

    /// <summary>Adds to a node's gradient.</summary>
    /// <param name="node">The node.</param>
    /// <param name="gradient">What is added; the tape owns it from now on.</param>
    public void Give(Node<T> node, Matrix<T> gradient)
    {
        if (node.Gradient is not { } sum)
        {
            node.Gradient = gradient;
            return;
        }

        workers.ForEachRow(sum.Rows, row => TensorPrimitives.Add<T>(sum.Row(row), gradient.Row(row), sum.Row(row)));
        Release(gradient);
    }

    /// <summary>Forgets a node's gradient.</summary>
    public void Drop(Node<T> node)
    {
        if (node.Gradient is { } gradient)
            Release(gradient);
        node.Gradient = null;
    }

    /// <summary>Memory with one row for each token; its content is arbitrary.</summary>
    public Matrix<T> Take(int columns) => Take(tokens, columns);

    /// <summary>Memory for a gradient; its content is arbitrary.</summary>
    public Matrix<T> TakeGradient(int columns) => Take(tokens, columns).FirstRows(rows);

    /// <summary>Memory; its content is arbitrary.</summary>
    public Matrix<T> Take(int rowCount, int columns) => new(
        rowCount, columns, free.TryGetValue(rowCount * columns, out Stack<T[]>? arrays) && arrays.TryPop(out T[]? array)
            ? array
            : new T[checked(rowCount * columns)]);

    /// <summary>Gives memory back.</summary>
    public void Release(Matrix<T> matrix)
    {
        if (!free.TryGetValue(matrix.Values.Length, out Stack<T[]>? arrays))
            free.Add(matrix.Values.Length, arrays = new Stack<T[]>());
        arrays.Push(matrix.Values);
    }

    /// <summary>Calls back with the gradient of the tokens that change weights: m_t g_t, or g.</summary>
    public void Count(Matrix<T> gradient, Action<Matrix<T>> change)
    {
        if (!rules.OnlyTraining)
        {
            change(gradient);
            return;
        }

        Matrix<T> counted = TakeGradient(gradient.Columns);
        workers.ForEachRow(gradient.Rows, row =>
        {
            if (Sequence.IsTraining[row])
                gradient.Row(row).CopyTo(counted.Row(row));
            else
                counted.Row(row).Clear();
        });
        change(counted);
        Release(counted);
    }
}

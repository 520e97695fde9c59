using System.Numerics;
using System.Numerics.Tensors;
using TinT.Literal.Parameters;
using TinT.Reference.Matrices;
using TinT.Reference.Tape;
using TinT.Runtime.Formulas;

namespace TinT.Literal;

/// <summary>What every module of a run shares: parameters, position codes, masks and the kind of gates.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LiteralRun<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly Func<int, int, bool>? mayAttend;
    private readonly ActivationFormula activation;
    private readonly IReadOnlyList<int>? positions;

    /// <summary>Prepares a run over one sequence.</summary>
    /// <param name="construction">Sizes.</param>
    /// <param name="parameters">Parameters of the modules.</param>
    /// <param name="training">Whether each token belongs to the training part, [T].</param>
    /// <param name="mayAttend">Whether token i may attend to token j ≤ i; <see langword="null"/> if always.</param>
    /// <param name="gates">Kind of gates.</param>
    /// <param name="threadCount">Threads that share products; results do not depend on it.</param>
    /// <param name="positions">The position of each token, [T]; <see langword="null"/> for 0 … T−1.</param>
    /// <exception cref="ArgumentException">There are more tokens than the construction has positions for.</exception>
    public LiteralRun(
        ConstructionSettings construction,
        ParameterValues<T> parameters,
        IReadOnlyList<bool> training,
        Func<int, int, bool>? mayAttend = null,
        GateFunction gates = GateFunction.Tanh,
        int threadCount = 1,
        IReadOnlyList<int>? positions = null)
        : this(construction, training, mayAttend, gates, new Workers(threadCount), positions) => Parameters = parameters;

    /// <summary>Prepares a run whose blocks bring their parameters.</summary>
    internal LiteralRun(
        ConstructionSettings construction,
        IReadOnlyList<bool> training,
        Func<int, int, bool>? mayAttend,
        GateFunction gates,
        Workers workers,
        IReadOnlyList<int>? positions)
    {
        ArgumentNullException.ThrowIfNull(construction);
        ArgumentNullException.ThrowIfNull(training);
        if (training.Count > construction.SequenceLength)
            throw new ArgumentException($"The simulator has positions for {construction.SequenceLength} tokens, not {training.Count}.", nameof(training));
        Parameters = new ParameterValues<T>();
        Workers = workers;
        Products = new MatrixProducts<T>(workers);
        Training = training;
        PrefixCount = construction.PrefixCount;
        Gates = gates;
        this.mayAttend = mayAttend;
        this.positions = positions;
        activation = ActivationFormulas.Of(construction.Auxiliary.Activation);
        if (construction.Auxiliary.Rotary is { } rotary)
            Angles = new RotaryAngles<T>(rotary, positions ?? [.. Enumerable.Range(0, training.Count)]);
        PositionCodes = new Matrix<T>(PrefixCount + training.Count, construction.PositionSize);
        for (int prefix = 0; prefix < PrefixCount; prefix++)
            PositionCodes[prefix, construction.SequenceLength + prefix] = T.One;
        for (int token = 0; token < training.Count; token++)
            PositionCodes[PrefixCount + token, token] = T.One;
    }

    /// <summary>Parameters of the modules.</summary>
    public ParameterValues<T> Parameters { get; internal set; }

    /// <summary>
    /// One-hot position codes, [P + T, context + P]: token t has its 1 at t, prefix p at context + p.
    /// </summary>
    public Matrix<T> PositionCodes { get; }

    /// <summary>Prefix embeddings P, which come before the tokens.</summary>
    public int PrefixCount { get; }

    /// <summary>Positions, P + T.</summary>
    public int PositionCount => PositionCodes.Rows;

    /// <summary>Whether each token belongs to the training part, [T].</summary>
    public IReadOnlyList<bool> Training { get; }

    /// <summary>Kind of gates.</summary>
    public GateFunction Gates { get; }

    /// <summary>By how much rotary positions turn; <see langword="null"/> if there are none.</summary>
    internal RotaryAngles<T>? Angles { get; }

    /// <summary>Share the work.</summary>
    internal Workers Workers { get; }

    /// <summary>Working memory of the module that runs.</summary>
    internal Scratch<T> Scratch { get; } = new();

    /// <summary>Dense products.</summary>
    internal MatrixProducts<T> Products { get; }

    /// <summary>The value of a gate.</summary>
    /// <param name="argument">Its argument.</param>
    public T Gate(T argument) => Gates == GateFunction.Hard ? T.Clamp(argument, T.NegativeOne, T.One) : T.Tanh(argument);

    /// <summary>The activation of every coordinate.</summary>
    /// <param name="hidden">Embeddings, [P + T, H].</param>
    internal Matrix<T> Activate(Matrix<T> hidden)
    {
        Matrix<T> activated = Scratch.Take(hidden.Rows, hidden.Columns);
        Workers.ForEachRow(hidden.Rows, position => activation.Apply<T>(hidden.Row(position), activated.Row(position)));
        return activated;
    }

    /// <summary>Whether a position is a token.</summary>
    /// <param name="position">The position, from 0.</param>
    internal bool IsToken(int position) => position >= PrefixCount;

    /// <summary>The position that a token has in the auxiliary model.</summary>
    /// <param name="position">Where it stands, from 0 behind the prefix.</param>
    internal int TokenPosition(int position) => positions is null ? position - PrefixCount : positions[position - PrefixCount];

    /// <summary>Whether a position is a token of the training part.</summary>
    /// <param name="position">The position, from 0.</param>
    internal bool IsTraining(int position) => position >= PrefixCount && Training[position - PrefixCount];

    /// <summary>Whether one token may attend to another: causally, and as the sequence's own mask allows.</summary>
    /// <param name="query">Position of the attending token.</param>
    /// <param name="key">Position of the token attended to.</param>
    internal bool TokenMayAttend(int query, int key) =>
        IsToken(key) && key <= query && (mayAttend is null || mayAttend(query - PrefixCount, key - PrefixCount));

    /// <summary>The residual connections of memory: adds coordinates of the tokens to other coordinates of a module's output.</summary>
    /// <param name="from">Embeddings read, [P + T, H].</param>
    /// <param name="fromStart">First coordinate read.</param>
    /// <param name="to">Embeddings added to, [P + T, H].</param>
    /// <param name="toStart">First coordinate added to.</param>
    /// <param name="width">Coordinates.</param>
    internal void AddToTokens(Matrix<T> from, int fromStart, Matrix<T> to, int toStart, int width)
    {
        for (int position = PrefixCount; position < PositionCount; position++)
        {
            ReadOnlySpan<T> source = from.Row(position, fromStart, width);
            Span<T> target = to.Row(position, toStart, width);
            TensorPrimitives.Add(target, source, target);
        }
    }

    /// <summary>The prefix of one matrix in front of the tokens of another, both [P + T, H].</summary>
    /// <param name="prefix">Has the prefix.</param>
    /// <param name="tokens">Has the tokens.</param>
    internal Matrix<T> Join(Matrix<T> prefix, Matrix<T> tokens)
    {
        Matrix<T> joined = Scratch.Take(tokens.Rows, tokens.Columns);
        tokens.AsSpan().CopyTo(joined.AsSpan());
        prefix.AsSpan()[..(PrefixCount * tokens.Columns)].CopyTo(joined.AsSpan());
        return joined;
    }
}

using System.Globalization;
using System.Numerics;

namespace TinT.Runtime.Simulation;

/// <summary>The first value of a sequence's result that is not finite, in the order in which a run computes them.</summary>
/// <param name="Sequence">The sequence, from 0.</param>
/// <param name="Pass"><c>before</c>: the initial pass; <c>update</c>: the inner steps; <c>after</c>: the last pass.</param>
/// <param name="What"><c>logits</c>, <c>loss</c> or <c>weight update NAME</c> with the tensor's name in the checkpoint.</param>
/// <param name="Token">The token that the value belongs to, from 0; <see langword="null"/> for a weight update and for the loss of the whole sequence.</param>
/// <param name="Index">Where it is: for logits the entry of the vocabulary, for a weight update the row-major index; 0 for a loss.</param>
/// <param name="Value">NaN or an infinity.</param>
public sealed record NonFiniteValue(int Sequence, string Pass, string What, int? Token, long Index, double Value)
{
    /// <summary>The pass before the inner steps.</summary>
    public const string Before = "before";

    /// <summary>The inner steps.</summary>
    public const string Update = "update";

    /// <summary>The pass after them.</summary>
    public const string After = "after";

    private const string Logits = "logits", Loss = "loss", WeightUpdate = "weight update ";

    /// <summary>The value in words: <c>NaN</c>, <c>Infinity</c> or <c>-Infinity</c>.</summary>
    public string ValueText => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Searches a result of any precision.</summary>
    /// <typeparam name="T">Its element type.</typeparam>
    /// <param name="batchSize">Sequences B.</param>
    /// <param name="vocabularySize">Columns V of logits.</param>
    /// <param name="before">Logits [B, rows, V] of the last rows if there are any, losses of tokens [B, T] and of sequences [B] in the initial pass.</param>
    /// <param name="updates">The weight updates of a sequence.</param>
    /// <param name="after">As <paramref name="before"/>, in the last pass.</param>
    /// <returns>One value for each sequence that has any, in the order of the sequences.</returns>
    public static IReadOnlyList<NonFiniteValue> In<T>(
        int batchSize,
        int vocabularySize,
        (T[]? Logits, T[] TokenLosses, T[] Losses) before,
        Func<int, IEnumerable<(string Name, T[] Delta)>> updates,
        (T[]? Logits, T[] TokenLosses, T[] Losses) after)
        where T : IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(updates);
        return
        [
            .. Enumerable.Range(0, batchSize)
                .Select(sequence => InPass(batchSize, vocabularySize, sequence, Before, before) ?? InUpdates(sequence, updates(sequence)) ?? InPass(
                    batchSize, vocabularySize, sequence, After, after))
                .OfType<NonFiniteValue>(),
        ];
    }

    /// <summary>Where it is and what it is, in one sentence without its full stop.</summary>
    public override string ToString()
    {
        string place = (What, Token) switch
        {
            (Logits, { } token) => string.Create(CultureInfo.InvariantCulture, $"the logit of token {token} for vocabulary entry {Index}"),
            (Loss, { } token) => string.Create(CultureInfo.InvariantCulture, $"the loss of token {token}"),
            (Loss, null) => "the loss",
            _ => string.Create(CultureInfo.InvariantCulture, $"the {What} at element {Index}"),
        };
        string pass = Pass switch
        {
            Before => "the initial pass",
            Update => "the inner steps",
            _ => "the pass after the inner steps",
        };
        return string.Create(CultureInfo.InvariantCulture, $"sequence {Sequence} is not finite in {pass}: first {place}, which is {ValueText}");
    }

    private static NonFiniteValue? InPass<T>(
        int batchSize, int vocabularySize, int sequence, string pass, (T[]? Logits, T[] TokenLosses, T[] Losses) values)
        where T : IFloatingPointIeee754<T>
    {
        int tokens = values.TokenLosses.Length / batchSize;
        if (values.Logits is { } logits)
        {
            int length = logits.Length / batchSize;
            ReadOnlySpan<T> own = logits.AsSpan(sequence * length, length);
            if (FirstIn<T>(own) is { } index)
            {
                int token = tokens - (length / vocabularySize) + (index / vocabularySize);
                return new NonFiniteValue(sequence, pass, Logits, token, index % vocabularySize, double.CreateTruncating(own[index]));
            }
        }

        T loss = values.Losses[sequence];
        if (T.IsFinite(loss))
            return null;

        // Losses of tokens that nobody asked for are NaN, so they tell no more than where the sequence's loss has it from.
        ReadOnlySpan<T> losses = values.TokenLosses.AsSpan(sequence * tokens, tokens);
        int? first = values.Logits is null ? FirstIn(losses) : null;
        return new NonFiniteValue(sequence, pass, Loss, first, 0, double.CreateTruncating(first is { } lossToken ? losses[lossToken] : loss));
    }

    private static NonFiniteValue? InUpdates<T>(int sequence, IEnumerable<(string Name, T[] Delta)> updates)
        where T : IFloatingPointIeee754<T>
    {
        foreach ((string name, T[] delta) in updates)
        {
            if (FirstIn<T>(delta) is { } index)
                return new NonFiniteValue(sequence, Update, WeightUpdate + name, null, index, double.CreateTruncating(delta[index]));
        }

        return null;
    }

    private static int? FirstIn<T>(ReadOnlySpan<T> values)
        where T : IFloatingPointIeee754<T>
    {
        for (int index = 0; index < values.Length; index++)
        {
            if (!T.IsFinite(values[index]))
                return index;
        }

        return null;
    }
}

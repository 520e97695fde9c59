using System.Runtime.InteropServices;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints.Pickle;

/// <summary>What a pickle works on: a stack with marks, and the memo of what was on it.</summary>
internal sealed class PickleStack
{
    private readonly List<object?> values = [];
    private readonly Stack<int> marks = new();
    private readonly Dictionary<uint, object?> memo = [];

    /// <summary>Values above the last mark.</summary>
    private int Height => values.Count - (marks.TryPeek(out int mark) ? mark : 0);

    /// <summary>Puts a value on top.</summary>
    public void Push(object? value) => values.Add(value);

    /// <summary>Takes the value on top.</summary>
    /// <exception cref="PickleException">There is none above the last mark.</exception>
    public object? Pop()
    {
        object? value = Top();
        values.RemoveAt(values.Count - 1);
        return value;
    }

    /// <summary>The value on top.</summary>
    /// <exception cref="PickleException">There is none above the last mark.</exception>
    public object? Top() => Height > 0 ? values[^1] : throw new PickleException("takes a value where there is none");

    /// <summary>Sets a mark.</summary>
    public void Mark() => marks.Push(values.Count);

    /// <summary>Takes all values above the last mark, and the mark.</summary>
    /// <exception cref="PickleException">There is no mark.</exception>
    public object?[] PopToMark()
    {
        if (!marks.TryPop(out int mark))
            throw new PickleException("goes back to a mark where there is none");
        object?[] popped = [.. CollectionsMarshal.AsSpan(values)[mark..]];
        values.RemoveRange(mark, popped.Length);
        return popped;
    }

    /// <summary>Takes the value on top if it is above the last mark, else the mark.</summary>
    public void Discard()
    {
        if (Height > 0 || !marks.TryPop(out _))
            Pop();
    }

    /// <summary>Keeps the value on top.</summary>
    /// <param name="place">Where in the memo.</param>
    public void Keep(uint place) => memo[place] = Top();

    /// <summary>Keeps the value on top in the next place of the memo.</summary>
    public void KeepNext() => Keep((uint)memo.Count);

    /// <summary>Puts a value that was kept on top.</summary>
    /// <param name="place">Where in the memo.</param>
    /// <exception cref="PickleException">Nothing was kept there.</exception>
    public void Recall(uint place) =>
        Push(memo.TryGetValue(place, out object? value) ? value : throw new PickleException(Invariant($"takes entry {place} of its memo, which is empty")));
}

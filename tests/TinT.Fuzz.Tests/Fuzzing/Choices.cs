namespace TinT.Fuzz.Tests.Fuzzing;

/// <summary>
/// Random decisions, from which a test builds its input with plain code. Decisions run out, and from then on the first choice is taken: a
/// shorter list of smaller numbers is a simpler input, which is how a failure is made small.
/// </summary>
internal sealed class Choices(IReadOnlyList<uint> decisions)
{
    private int next;

    /// <summary>A number from 0 below a limit.</summary>
    public int Below(int limit) => next < decisions.Count ? (int)(decisions[next++] % (uint)limit) : 0;

    /// <summary>A number of a range, both ends included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True once in so many times; false when decisions have run out.</summary>
    public bool Once(int inTimes) => Below(inTimes) == inTimes - 1;

    /// <summary>One of several values, the simplest first.</summary>
    public T Of<T>(params IReadOnlyList<T> values) => values[Below(values.Count)];

    /// <summary>Some UTF-16 unit, more often one of the first 256; lone surrogates included.</summary>
    public char Character() => (char)(Once(3) ? Below(1 << 16) : Below(1 << 8));

    /// <summary>A text of a few units.</summary>
    public string Text(int most)
    {
        char[] characters = new char[Between(0, most)];
        for (int index = 0; index < characters.Length; index++)
            characters[index] = Character();
        return new string(characters);
    }
}

using TinT.Compiler.Construction;

namespace TinT.Compiler.Lowering;

/// <summary>Columns of a buffer.</summary>
/// <param name="Buffer">Name of the buffer.</param>
/// <param name="FirstColumn">First column.</param>
/// <param name="Columns">Number of columns.</param>
public sealed record Operand(string Buffer, int FirstColumn, int Columns)
{
    /// <summary>A signal's buffer.</summary>
    /// <param name="signal">The signal.</param>
    public static Operand Of(Signal signal)
    {
        if (signal is null)
            throw new ArgumentNullException(nameof(signal));
        return new Operand(signal.Name, 0, signal.Width);
    }

    /// <summary>Signals, of which all blocks of one are one operand: the buffer in which fusing puts them side by side.</summary>
    /// <param name="signals">The signals; blocks of one follow each other.</param>
    public static IEnumerable<Operand> Whole(IEnumerable<Signal> signals)
    {
        if (signals is null)
            throw new ArgumentNullException(nameof(signals));
        for (Signal[] rest = [.. signals]; rest.Length > 0; rest = [.. rest.Skip(rest[0].Blocks)])
            yield return new Operand(rest[0].Stem, 0, rest.Take(rest[0].Blocks).Sum(block => block.Width));
    }
}

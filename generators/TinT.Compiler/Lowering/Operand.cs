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
}

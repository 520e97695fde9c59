namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Lines of an operand in shared memory, one for each term.</summary>
/// <param name="Threads">Threads that load them.</param>
/// <param name="Size">Elements of a line.</param>
/// <param name="Pitch">Floats from one line to the next.</param>
/// <param name="Depth">Number of lines.</param>
internal readonly record struct OperandLines(int Threads, int Size, int Pitch, int Depth)
{
    /// <summary>Elements that each thread loads.</summary>
    public int Loads => Size * Depth / Threads;

    /// <summary>Whether a number of terms is known and a whole number of depths.</summary>
    /// <param name="terms">Number of terms, as code has it.</param>
    /// <param name="depth">Lines at a time.</param>
    public static bool AreFilledBy(string terms, int depth) => int.TryParse(terms, out int count) && count % depth == 0;
}

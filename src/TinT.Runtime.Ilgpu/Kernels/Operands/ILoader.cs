using ILGPU;
using TinT.Runtime.Ilgpu.Kernels.Registers;
using TinT.Runtime.Ilgpu.Kernels.Views;

namespace TinT.Runtime.Ilgpu.Kernels.Operands;

/// <summary>
/// How the threads of a group bring an operand to lines in shared memory, one for each term: each thread asks for all of its elements before it needs the
/// first. What costs nothing elsewhere and much in a kernel is avoided: divisions by what is no power of 2, and branches around loads.
/// </summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal interface ILoader<TSelf>
    where TSelf : struct, ILoader<TSelf>
{
    /// <summary>Finds the thread's places. Lines outside of the operand are read as its last one: what they make is not stored.</summary>
    /// <param name="operand">The operand.</param>
    /// <param name="terms">Terms of the sums.</param>
    /// <param name="first">First row, or column, of the tile.</param>
    /// <param name="thread">The thread.</param>
    /// <param name="clears">Whether terms that are not there are 0; otherwise they are the last one, for which the other operand is 0.</param>
    static abstract TSelf Of(Matrix operand, Terms terms, int first, int thread, bool clears);

    /// <summary>Place of the thread's first element in the lines.</summary>
    int Start { get; }

    /// <summary>Loads the terms from one on.</summary>
    /// <param name="firstTerm">The term.</param>
    LoadedTerms Load(int firstTerm);

    /// <summary>Stores what was loaded to the lines, from the thread's place on.</summary>
    /// <param name="terms">What was loaded.</param>
    /// <param name="lines">The lines.</param>
    void Store(LoadedTerms terms, ArrayView<float> lines);
}

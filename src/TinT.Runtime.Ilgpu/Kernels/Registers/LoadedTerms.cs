using ILGPU;
using TinT.Runtime.Ilgpu.Kernels.Groups;

namespace TinT.Runtime.Ilgpu.Kernels.Registers;

/// <summary>Elements of an operand that a thread has loaded, each in a register, on their way to shared memory.</summary>
internal struct LoadedTerms
{
    public float Term0, Term1, Term2, Term3, Term4, Term5, Term6, Term7, Term8, Term9, Term10, Term11, Term12, Term13, Term14, Term15;

    /// <summary>Stores them at equal distances.</summary>
    public readonly void Store<TLines>(ArrayView<float> lines, int step)
        where TLines : struct, ILines
    {
        lines[0] = Term0;
        lines[step] = Term1;
        lines[2 * step] = Term2;
        lines[3 * step] = Term3;
        lines[4 * step] = Term4;
        lines[5 * step] = Term5;
        lines[6 * step] = Term6;
        lines[7 * step] = Term7;
        if (TLines.Loads > 8)
        {
            lines[8 * step] = Term8;
            lines[9 * step] = Term9;
            lines[10 * step] = Term10;
            lines[11 * step] = Term11;
            lines[12 * step] = Term12;
            lines[13 * step] = Term13;
            lines[14 * step] = Term14;
            lines[15 * step] = Term15;
        }
    }
}

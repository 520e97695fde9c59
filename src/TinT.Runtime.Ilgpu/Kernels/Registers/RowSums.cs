using ILGPU;
using TinT.Runtime.Ilgpu.Kernels.Groups;

namespace TinT.Runtime.Ilgpu.Kernels.Registers;

/// <summary>A sum for each of a thread's rows.</summary>
internal struct RowSums
{
    public float Row0, Row1, Row2, Row3, Row4, Row5, Row6, Row7;

    /// <summary>Writes them at equal distances.</summary>
    public readonly void Write<TTile>(ArrayView<float> lines, int start, int step)
        where TTile : struct, ITile
    {
        lines[start] = Row0;
        lines[start + step] = Row1;
        lines[start + (2 * step)] = Row2;
        lines[start + (3 * step)] = Row3;
        if (TTile.BlockRows > 4)
        {
            lines[start + (4 * step)] = Row4;
            lines[start + (5 * step)] = Row5;
            lines[start + (6 * step)] = Row6;
            lines[start + (7 * step)] = Row7;
        }
    }
}

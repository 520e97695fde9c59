using ILGPU;
using ILGPU.Runtime;

namespace TinT.Runtime.Ilgpu.Kernels.CausalAttention;

/// <summary>What distances add to scores: the head's slope times the position of the key minus that of the query. The default adds nothing.</summary>
/// <param name="slopes">Of each head, [heads].</param>
/// <param name="positions">Positions, [T].</param>
public readonly struct Alibi(ArrayView1D<float, Stride1D.Dense> slopes, ArrayView1D<int, Stride1D.Dense> positions)
{
    /// <summary>Slopes of the heads.</summary>
    internal readonly ArrayView1D<float, Stride1D.Dense> Slopes = slopes;

    /// <summary>Positions of the tokens.</summary>
    internal readonly ArrayView1D<int, Stride1D.Dense> Positions = positions;

    /// <summary>Whether anything is added.</summary>
    internal readonly bool Applies = true;
}

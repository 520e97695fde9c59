using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Lanes;

namespace TinT.Runtime.Cpu.Memory;

/// <summary>IEEE binary16.</summary>
internal readonly unsafe struct HalfFormat : IWeightFormat
{
    /// <inheritdoc/>
    public static int Size => sizeof(ushort);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<TLanes>(byte* source)
        where TLanes : struct, ILanes<TLanes> => TLanes.LoadHalf((ushort*)source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadOne(byte* source) => (float)*(Half*)source;
}

using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Lanes;

namespace TinT.Runtime.Cpu.Memory;

/// <summary>Singles.</summary>
internal readonly unsafe struct SingleFormat : IWeightFormat
{
    /// <inheritdoc/>
    public static int Size => sizeof(float);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<TLanes>(byte* source)
        where TLanes : struct, ILanes<TLanes> => TLanes.Load((float*)source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadOne(byte* source) => *(float*)source;
}

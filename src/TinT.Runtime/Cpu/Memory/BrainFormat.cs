using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Lanes;

namespace TinT.Runtime.Cpu.Memory;

/// <summary>bfloat16: the upper half of a single.</summary>
internal readonly unsafe struct BrainFormat : IWeightFormat
{
    /// <inheritdoc/>
    public static int Size => sizeof(ushort);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<TLanes>(byte* source)
        where TLanes : struct, ILanes<TLanes> => TLanes.LoadBrain((ushort*)source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadOne(byte* source) => BitConverter.UInt32BitsToSingle((uint)*(ushort*)source << 16);
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Requests of cache lines ahead of their use. A request never faults, whatever the address; where the machine has none, it does nothing.</summary>
internal static unsafe class CacheLine
{
    /// <summary>Floats of a line.</summary>
    public const int Floats = 16;

    /// <summary>Bytes of a line.</summary>
    public const int Bytes = Floats * sizeof(float);

    // First-level caches have 64 sets of lines.
    private const int SetFloats = 64 * Floats;

    /// <summary>Whether rows at this distance in floats begin in the same set of the first-level cache, and in few of larger ones.</summary>
    public static bool Aliases(int stride) => stride % SetFloats == 0;

    /// <summary>Requests the line an address lies in, into every level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequestNear(float* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    /// <summary>Requests the line an address lies in, but not into the first level, which is full of tiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequestFar(byte* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(address);
    }
}

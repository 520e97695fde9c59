using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinT.Runtime.Cpu.Lanes;

/// <summary>What this machine can do.</summary>
internal static class VectorWidths
{
    /// <summary>The widest vector with fast arithmetic on this machine.</summary>
    public static VectorWidth Widest { get; } =
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? VectorWidth.Bits256
        : VectorWidth.Bits128;
}

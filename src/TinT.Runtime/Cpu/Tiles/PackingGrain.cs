namespace TinT.Runtime.Cpu.Tiles;

/// <summary>How much packing a worker takes at a time: little work is not worth waking a second thread for.</summary>
internal static class PackingGrain
{
    // About four microseconds of copying.
    private const int Elements = 16 * 1024;

    /// <summary>Panels of a right operand.</summary>
    public static int Of(PackedRight right) => Math.Max(1, Elements / right.BlockLength);
}

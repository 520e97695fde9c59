namespace TinT.Runtime.Cpu.Tiles;

/// <summary>No.</summary>
internal readonly struct Off : ISwitch
{
    /// <inheritdoc/>
    public static bool IsOn => false;
}

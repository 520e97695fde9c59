namespace TinT.Runtime.Cpu.Lanes;

/// <summary>No.</summary>
internal readonly struct Off : ISwitch
{
    /// <inheritdoc/>
    public static bool IsOn => false;
}

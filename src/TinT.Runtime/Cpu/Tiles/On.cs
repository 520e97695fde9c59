namespace TinT.Runtime.Cpu.Tiles;

/// <summary>Yes.</summary>
internal readonly struct On : ISwitch
{
    /// <inheritdoc/>
    public static bool IsOn => true;
}

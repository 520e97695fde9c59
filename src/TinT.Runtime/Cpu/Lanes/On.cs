namespace TinT.Runtime.Cpu.Lanes;

/// <summary>Yes.</summary>
internal readonly struct On : ISwitch
{
    /// <inheritdoc/>
    public static bool IsOn => true;
}

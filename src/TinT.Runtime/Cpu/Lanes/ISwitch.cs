namespace TinT.Runtime.Cpu.Lanes;

/// <summary>A choice as a type, so that the compiler sees a constant.</summary>
internal interface ISwitch
{
    /// <summary>Whether the choice is made.</summary>
    static abstract bool IsOn { get; }
}

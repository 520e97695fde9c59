using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu.Functions;

/// <summary>An activation function over vectors.</summary>
internal interface ILaneActivation
{
    /// <summary>act(z).</summary>
    static abstract TLanes Value<TLanes>(TLanes z)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>N · (act(z + g/N) − act(z)).</summary>
    static abstract TLanes Difference<TLanes>(TLanes z, TLanes gradient, TLanes taylorScale)
        where TLanes : struct, ILanes<TLanes>;
}

using TinT.Runtime.Cpu.Lanes;

namespace TinT.Runtime.Cpu.Memory;

/// <summary>How weights lie in memory, as a type, so that what packs them is compiled for each.</summary>
internal unsafe interface IWeightFormat
{
    /// <summary>Bytes of an element.</summary>
    static abstract int Size { get; }

    /// <summary>Reads a vector's worth of elements, as singles.</summary>
    static abstract TLanes Load<TLanes>(byte* source)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>Reads an element, as a single.</summary>
    static abstract float LoadOne(byte* source);
}

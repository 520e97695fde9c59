namespace TinT.Runtime.Cpu.Lanes;

/// <summary>Vector widths the primitives are compiled for.</summary>
internal enum VectorWidth
{
    /// <summary>4 floats.</summary>
    Bits128,

    /// <summary>8 floats.</summary>
    Bits256,

    /// <summary>16 floats.</summary>
    Bits512,
}

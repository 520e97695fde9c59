namespace TinT.Runtime.Cpu.Memory;

/// <summary>How the matrices of the auxiliary model are kept in memory. Arithmetic is in single precision with all of them.</summary>
public enum WeightStorage
{
    /// <summary>32 bits: as they are computed with.</summary>
    SinglePrecision,

    /// <summary>bfloat16: the upper half of a single, 8 bits of precision and its whole range.</summary>
    BFloat16,

    /// <summary>IEEE binary16: 11 bits of precision, magnitudes up to 65504, below 6.1e-5 fewer bits.</summary>
    Float16,
}

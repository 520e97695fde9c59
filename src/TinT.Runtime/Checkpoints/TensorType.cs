namespace TinT.Runtime.Checkpoints;

/// <summary>
/// Element types of the safetensors format, named as there but for <c>_</c>. Those to <see cref="Bool"/> are read and written; of the others
/// only the size is known, so that files which also hold such tensors can be opened.
/// </summary>
public enum TensorType
{
    /// <summary>IEEE 754 binary64.</summary>
    F64,

    /// <summary>IEEE 754 binary32.</summary>
    F32,

    /// <summary>IEEE 754 binary16.</summary>
    F16,

    /// <summary>bfloat16: the upper half of a binary32.</summary>
    BF16,

    /// <summary>Signed 64-bit integer.</summary>
    I64,

    /// <summary>Signed 32-bit integer.</summary>
    I32,

    /// <summary>Signed 16-bit integer.</summary>
    I16,

    /// <summary>Signed 8-bit integer.</summary>
    I8,

    /// <summary>Unsigned 8-bit integer.</summary>
    U8,

    /// <summary>Unsigned 16-bit integer.</summary>
    U16,

    /// <summary>Unsigned 32-bit integer.</summary>
    U32,

    /// <summary>Unsigned 64-bit integer.</summary>
    U64,

    /// <summary>One byte, 0 or 1; <c>BOOL</c> in a file.</summary>
    Bool,

    /// <summary>8-bit floating point with 4 bits of exponent and 3 of mantissa.</summary>
    F8E4M3,

    /// <summary>8-bit floating point with 5 bits of exponent and 2 of mantissa.</summary>
    F8E5M2,

    /// <summary>A power of two: 8 bits of exponent, the scale of a block of narrower numbers.</summary>
    F8E8M0,

    /// <summary><see cref="F8E4M3"/> without infinities and negative zero.</summary>
    F8E4M3Fnuz,

    /// <summary><see cref="F8E5M2"/> without infinities and negative zero.</summary>
    F8E5M2Fnuz,

    /// <summary>6-bit floating point with 2 bits of exponent and 3 of mantissa.</summary>
    F6E2M3,

    /// <summary>6-bit floating point with 3 bits of exponent and 2 of mantissa.</summary>
    F6E3M2,

    /// <summary>4-bit floating point with 2 bits of exponent and 1 of mantissa.</summary>
    F4,

    /// <summary>Complex number of two binary32.</summary>
    C64,
}

namespace TinT.Runtime.Checkpoints;

/// <summary>Sizes, names and classes of <see cref="TensorType"/>.</summary>
public static class TensorTypeExtensions
{
    /// <summary>Names of the types that are read and written, for messages.</summary>
    internal static string ReadableNames { get; } =
        string.Join(", ", Enum.GetValues<TensorType>().Where(type => type.IsReadable()).Select(type => type.HeaderName()));

    /// <summary>Bytes of one element.</summary>
    /// <param name="type">The element type.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a declared type, or one of less than a byte.</exception>
    public static int SizeInBytes(this TensorType type) => type.SizeInBits() is int bits && bits % 8 == 0
        ? bits / 8
        : throw new ArgumentOutOfRangeException(nameof(type), type, "An element takes less than a byte.");

    /// <summary>Bits of one element.</summary>
    /// <param name="type">The element type.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a declared type.</exception>
    public static int SizeInBits(this TensorType type) => type switch
    {
        TensorType.F64 or TensorType.I64 or TensorType.U64 or TensorType.C64 => 64,
        TensorType.F32 or TensorType.I32 or TensorType.U32 => 32,
        TensorType.F16 or TensorType.BF16 or TensorType.I16 or TensorType.U16 => 16,
        TensorType.I8 or TensorType.U8 or TensorType.Bool => 8,
        TensorType.F8E4M3 or TensorType.F8E5M2 or TensorType.F8E8M0 or TensorType.F8E4M3Fnuz or TensorType.F8E5M2Fnuz => 8,
        TensorType.F6E2M3 or TensorType.F6E3M2 => 6,
        TensorType.F4 => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type."),
    };

    /// <summary>Whether elements of the type can be read and written; of other types only the size is known.</summary>
    /// <param name="type">The element type.</param>
    public static bool IsReadable(this TensorType type) => type is >= TensorType.F64 and <= TensorType.Bool;

    /// <summary>Whether elements are floating-point numbers that can be read.</summary>
    /// <param name="type">The element type.</param>
    public static bool IsFloatingPoint(this TensorType type) =>
        type is TensorType.F64 or TensorType.F32 or TensorType.F16 or TensorType.BF16;

    /// <summary>Name of the type in a safetensors header.</summary>
    internal static string HeaderName(this TensorType type) => type switch
    {
        TensorType.Bool => "BOOL",
        TensorType.F8E4M3 => "F8_E4M3",
        TensorType.F8E5M2 => "F8_E5M2",
        TensorType.F8E8M0 => "F8_E8M0",
        TensorType.F8E4M3Fnuz => "F8_E4M3FNUZ",
        TensorType.F8E5M2Fnuz => "F8_E5M2FNUZ",
        TensorType.F6E2M3 => "F6_E2M3",
        TensorType.F6E3M2 => "F6_E3M2",
        _ => type.ToString(),
    };

    /// <summary>The type with a given name in a safetensors header.</summary>
    internal static bool TryParseHeaderName(string name, out TensorType type)
    {
        foreach (TensorType candidate in Enum.GetValues<TensorType>())
        {
            if (candidate.HeaderName() == name)
            {
                type = candidate;
                return true;
            }
        }

        type = default;
        return false;
    }
}

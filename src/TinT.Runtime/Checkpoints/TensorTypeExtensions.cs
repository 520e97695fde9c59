namespace TinT.Runtime.Checkpoints;

/// <summary>Sizes, names and classes of <see cref="TensorType"/>.</summary>
public static class TensorTypeExtensions
{
    /// <summary>Bytes of one element.</summary>
    /// <param name="type">The element type.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a declared type.</exception>
    public static int SizeInBytes(this TensorType type) => type switch
    {
        TensorType.F64 or TensorType.I64 or TensorType.U64 => 8,
        TensorType.F32 or TensorType.I32 or TensorType.U32 => 4,
        TensorType.F16 or TensorType.BF16 or TensorType.I16 or TensorType.U16 => 2,
        TensorType.I8 or TensorType.U8 or TensorType.Bool => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type."),
    };

    /// <summary>Whether elements are floating-point numbers.</summary>
    /// <param name="type">The element type.</param>
    public static bool IsFloatingPoint(this TensorType type) =>
        type is TensorType.F64 or TensorType.F32 or TensorType.F16 or TensorType.BF16;

    /// <summary>Name of the type in a safetensors header.</summary>
    internal static string HeaderName(this TensorType type) => type == TensorType.Bool ? "BOOL" : type.ToString();

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

namespace TinT.Runtime.Cpu.Memory;

/// <summary>Names of <see cref="WeightStorage"/>.</summary>
public static class WeightStorageExtensions
{
    /// <summary>The short name: <c>f32</c>, <c>bf16</c> or <c>f16</c>.</summary>
    /// <param name="storage">The storage.</param>
    public static string ShortName(this WeightStorage storage) => storage switch
    {
        WeightStorage.BFloat16 => "bf16",
        WeightStorage.Float16 => "f16",
        WeightStorage.SinglePrecision => "f32",
        _ => throw new ArgumentOutOfRangeException(nameof(storage), storage, "There is no such storage."),
    };

    /// <summary>The name of the type: <c>float32</c>, <c>bfloat16</c> or <c>float16</c>.</summary>
    /// <param name="storage">The storage.</param>
    public static string TypeName(this WeightStorage storage) => storage switch
    {
        WeightStorage.BFloat16 => "bfloat16",
        WeightStorage.Float16 => "float16",
        WeightStorage.SinglePrecision => "float32",
        _ => throw new ArgumentOutOfRangeException(nameof(storage), storage, "There is no such storage."),
    };
}

namespace TinT.Runtime.Checkpoints;

/// <summary>What a safetensors header says of one tensor.</summary>
/// <param name="Name">Name of the tensor.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes, slowest first; empty for a scalar.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">First byte after the tensor, counted from the end of the header.</param>
internal sealed record SafetensorsEntry(string Name, TensorType Type, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>Bits of the elements, multiplied in the order of the shape.</summary>
    /// <param name="bits">The bits, if 64 bits hold their number and those of every product before.</param>
    public bool TryGetBitCount(out ulong bits)
    {
        bits = 0;
        UInt128 count = 1;
        foreach (long size in Shape)
        {
            count *= (ulong)size;
            if (count > ulong.MaxValue)
                return false;
        }

        count *= (ulong)Type.SizeInBits();
        bits = (ulong)count;
        return count <= ulong.MaxValue;
    }
}

using System.ComponentModel;
using System.Numerics.Tensors;

namespace TinT.Runtime.Cpu.Attention;

/// <summary>Heads that share a head of keys and values.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class HeadGroups
{
    /// <summary>Sums the heads of each group, in their order.</summary>
    /// <param name="heads">A row, [heads · d].</param>
    /// <param name="headSize">d.</param>
    /// <param name="groups">The sums, [groups · d]; as many columns as divide those of <paramref name="heads"/>.</param>
    public static void Sum(ReadOnlySpan<float> heads, int headSize, Span<float> groups)
    {
        int size = heads.Length / groups.Length;
        for (int head = 0; head * headSize < heads.Length; head++)
        {
            ReadOnlySpan<float> part = heads.Slice(head * headSize, headSize);
            Span<float> sum = groups.Slice(head / size * headSize, headSize);
            if (head % size == 0)
                part.CopyTo(sum);
            else
                TensorPrimitives.Add(sum, part, sum);
        }
    }
}

namespace TinT.Runtime.Ilgpu.Kernels;

/// <summary>Heads whose coordinates are turned in pairs; those behind the pairs stay.</summary>
/// <param name="count">Heads.</param>
/// <param name="size">Columns of a head.</param>
/// <param name="pairs">Pairs of a head.</param>
/// <param name="interleaved">Whether the coordinates of a pair are neighbours; otherwise they are as many coordinates apart as there are pairs.</param>
public readonly struct RotaryHeads(int count, int size, int pairs, bool interleaved)
{
    /// <summary>Heads.</summary>
    internal readonly int Count = count;

    /// <summary>Columns of a head.</summary>
    internal readonly int Size = size;

    /// <summary>Pairs of a head.</summary>
    internal readonly int Pairs = pairs;

    private readonly bool interleaved = interleaved;

    /// <summary>Columns from the first coordinate of a pair to the second.</summary>
    internal int Distance => interleaved ? 1 : Pairs;

    /// <summary>Place of the first coordinate of a pair in its head.</summary>
    /// <param name="pair">The pair.</param>
    internal int First(int pair) => interleaved ? 2 * pair : pair;
}

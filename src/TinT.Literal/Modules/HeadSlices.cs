using TinT.Literal.Primitives;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// The heads of queries or keys as a linear module can see them: as many heads at a time as a row of D coordinates holds, the rows of their gain's matrix
/// repeated for each. Where the gain is trained it must be one head at a time, so that all heads move one matrix.
/// </summary>
/// <param name="construction">Sizes.</param>
/// <param name="heads">Heads of the signal.</param>
/// <param name="trainsGain">Whether the gain is trained.</param>
internal sealed class HeadSlices(ConstructionSettings construction, int heads, bool trainsGain)
{
    /// <summary>Coordinates of the signal: whole blocks of D.</summary>
    public int Width { get; } =
        (heads * construction.Auxiliary.HeadSize + construction.AuxiliarySize - 1) / construction.AuxiliarySize * construction.AuxiliarySize;

    /// <summary>The norm of each head of a slice.</summary>
    public RegionNorm Norm { get; } = new(construction, construction.Auxiliary.HeadSize, HeadsPerSlice(construction, trainsGain));

    /// <summary>First coordinates and widths of the slices.</summary>
    public IEnumerable<(int Start, int Width)> All
    {
        get
        {
            int slice = HeadsPerSlice(construction, trainsGain);
            int size = construction.Auxiliary.HeadSize;
            for (int head = 0; head < heads; head += slice)
                yield return (head * size, Math.Min(slice, heads - head) * size);
        }
    }

    /// <summary>Heads that a row of D coordinates holds.</summary>
    private static int HeadsPerSlice(ConstructionSettings construction, bool trainsGain) =>
        trainsGain ? 1 : construction.AuxiliarySize / construction.Auxiliary.HeadSize;

    /// <summary>New embeddings with the prefix of one register and a slice of another in front of the tokens.</summary>
    /// <param name="prefix">Register with the prefix; <see langword="null"/> for none.</param>
    /// <param name="from">Register with the slice.</param>
    /// <param name="start">First coordinate of the slice.</param>
    /// <param name="width">Its coordinates.</param>
    /// <param name="to">Register written.</param>
    public static IEnumerable<ModuleStep> Take(string? prefix, string from, int start, int width, string to) =>
        [new TakePrefixStep(prefix, to), new AddToTokensStep(from, start, to, 0, width)];
}

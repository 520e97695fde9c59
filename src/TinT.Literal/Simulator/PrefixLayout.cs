namespace TinT.Literal.Simulator;

/// <summary>
/// Where a D×D matrix and its bias lie in P prefix embeddings: prefix p holds rows p·S … p·S+S−1 one after another, then all of the bias;
/// the rest is 0.
/// </summary>
/// <param name="PrefixCount">Prefix embeddings P.</param>
/// <param name="Sharding">Rows in each, S.</param>
/// <param name="RowLength">Length D of a row.</param>
/// <param name="HiddenSize">Coordinates H of an embedding.</param>
public readonly record struct PrefixLayout(int PrefixCount, int Sharding, int RowLength, int HiddenSize)
{
    /// <summary>First coordinate of the bias, in every prefix; only that of prefix 0 is read and updated.</summary>
    public int BiasStart => Sharding * RowLength;

    /// <summary>First coordinate that is 0 in every prefix.</summary>
    public int PaddingStart => BiasStart + RowLength;

    /// <summary>The layout of a construction.</summary>
    /// <param name="construction">The construction.</param>
    public static PrefixLayout Of(ConstructionSettings construction)
    {
        ArgumentNullException.ThrowIfNull(construction);
        return new PrefixLayout(construction.PrefixCount, construction.Sharding, construction.AuxiliarySize, construction.HiddenSize);
    }

    /// <summary>The prefix embedding that holds a row.</summary>
    /// <param name="row">The row.</param>
    public int PrefixOf(int row) => row / Sharding;

    /// <summary>The coordinate at which a row starts.</summary>
    /// <param name="row">The row.</param>
    public int StartOf(int row) => row % Sharding * RowLength;
}

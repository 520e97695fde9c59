using TinT.Compiler.Construction;

namespace TinT.Compiler.Lowering;

/// <summary>What a kernel still carries of the literal construction. Every folding pass takes one of these away.</summary>
/// <param name="Gate">Positions the module's gate lets it change.</param>
/// <param name="HeadOrder">Order in which the linear attention leaves the products.</param>
/// <param name="Permutation">Permutation the construction applies to them.</param>
/// <param name="Address">Where the weight rows lie, while they lie in padded prefix embeddings.</param>
/// <param name="Diagonal">Whether the weights start as diag(gain).</param>
public sealed record ConstructionMaps(
    Positions? Gate,
    GridTranspose? HeadOrder,
    GridTranspose? Permutation,
    PrefixAddress? Address,
    bool Diagonal)
{
    /// <summary>Nothing is left to fold.</summary>
    public static ConstructionMaps None { get; } = new(null, null, null, null, false);
}

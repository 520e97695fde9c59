namespace TinT.Compiler.Specs.Fields;

/// <summary>What could be read of a <see cref="SimulatorSpec"/>; what is missing has been reported.</summary>
internal sealed record SimulatorFields(
    Spanned<int>? Sharding,
    Spanned<int>? HiddenSize,
    Spanned<int>? HeadCount,
    Spanned<bool>? ReuseBlocks)
{
    /// <summary>The whole spec, once nothing is missing.</summary>
    /// <param name="auxiliaryHiddenSize">D.</param>
    public SimulatorSpec ToSpec(int auxiliaryHiddenSize) => new(
        Sharding!.Value,
        auxiliaryHiddenSize / Sharding.Value.Value,
        HiddenSize!.Value,
        HeadCount!.Value,
        ReuseBlocks!.Value);
}

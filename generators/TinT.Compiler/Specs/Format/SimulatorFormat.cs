namespace TinT.Compiler.Specs.Format;

/// <summary>The section <c>simulator</c>.</summary>
internal static class SimulatorFormat
{
    public static readonly IntegerKey Sharding = new("sharding", Required: true, 1, 1 << 15, "4");

    public static readonly IntegerKey HiddenSize = new("hidden_size", Required: false, 1, 1 << 20, "3072");

    public static readonly IntegerKey HeadCount = new("num_attention_heads", Required: false, 1, 1 << 20, "12")
    {
        Synonyms = ["n_head", "heads", "num_heads"],
    };

    public static readonly BooleanKey ReuseBlocks = new("reuse_blocks", Required: false);

    public static readonly SectionKey Section = new(
        "simulator", "simulator", Required: true, [Sharding, HiddenSize, HeadCount, ReuseBlocks]);
}

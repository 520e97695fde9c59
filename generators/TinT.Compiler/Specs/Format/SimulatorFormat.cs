namespace TinT.Compiler.Specs.Format;

/// <summary>The section <c>simulator</c>.</summary>
internal static class SimulatorFormat
{
    public static readonly IntegerKey Sharding = new("sharding", Required: true, 1, 1 << 15, "4")
    {
        Description = "Weight rows S in each prefix embedding; divides auxiliary.hidden_size D. A matrix takes P = D / S prefix embeddings.",
    };

    public static readonly IntegerKey HiddenSize = new("hidden_size", Required: false, 1, 1 << 20, "3072")
    {
        Description = "Embedding size H, a multiple of D, at least (S + 1) times D and room for the signal, q, k and the input (4 times D where heads times head size is D). Default: the smallest allowed.",
    };

    public static readonly IntegerKey HeadCount = new("num_attention_heads", Required: false, 1, 1 << 20, "12")
    {
        Description = "Attention heads. H / heads must divide D and hold a whole number of auxiliary heads. Default: the fewest allowed, but no fewer than the auxiliary model has.",
        Synonyms = ["n_head", "heads", "num_heads"],
    };

    public static readonly BooleanKey ReuseBlocks = new("reuse_blocks", Required: false, Default: true)
    {
        Description = "Whether later passes reuse the simulator's blocks; changes only its parameter count.",
    };

    public static readonly SectionKey Section = new(
        "simulator", "simulator", Required: true, [Sharding, HiddenSize, HeadCount, ReuseBlocks])
    {
        Description = "The simulator: the transformer whose prefix embeddings hold the auxiliary weights.",
    };
}

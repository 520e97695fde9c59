using TinT.Compiler.Specs.Format;
using TinT.Reference.Weights;

namespace TinT.Cli.Sweeps.Reading;

/// <summary>The section <c>perplexity</c>. Its keys are the options of <c>tint eval perplexity</c>.</summary>
internal static class PerplexityFormat
{
    public static readonly SeveralKey<TextKey> Texts = new(new TextKey("text", Required: true, "wikitext.txt")
    {
        Description = "UTF-8 text files, each an evaluation of its own.",
        Synonyms = ["texts", "file", "files"],
    });

    public static readonly BooleanKey SpecialTokens = new("special_tokens", Required: false, false) { Description = "Reads special tokens that a text spells out as such." };

    public static readonly SeveralKey<NumberKey> TrainFractions = new(new NumberKey("train_fraction", Required: false, 1e-6, 0.999999, "0.5")
    {
        Description = "First parts of each block to train on. Default: 0.5.",
        Synonyms = ["train_fractions", "fraction", "fractions"],
    });

    public static readonly SeveralKey<NumberKey> LearningRates = new(new NumberKey("learning_rate", Required: false, 0, 1e6, "1e-4")
    {
        Description = "Inner learning rates. Default: the spec's.",
        Synonyms = ["learning_rates", "lr", "rate", "rates"],
    });

    public static readonly SeveralKey<IntegerKey> Layers = new(new IntegerKey("layers", Required: false, 1, 1 << 10, "12")
    {
        Description = "Numbers of trained layers, the top ones. Default: the spec's.",
        Synonyms = ["layer"],
    });

    public static readonly SeveralKey<IntegerKey> Steps = new(new IntegerKey("steps", Required: false, 1, 1 << 10, "1")
    {
        Description = "Numbers of inner steps. Default: the spec's.",
        Synonyms = ["step"],
    });

    public static readonly ChoiceKey<ParameterSubset?> Exact = new(
        "exact",
        Required: false,
        [new("blocks", ParameterSubset.TopBlocks), new("subset", ParameterSubset.TintSubset), new("all", ParameterSubset.All), new("none", null)],
        [])
    {
        Description = "What exact SGD beside TinT trains; 'none' leaves it out, which takes more than half of the time ('all' far more).",
    };

    public static readonly IntegerKey Blocks = new("blocks", Required: false, 1, int.MaxValue, "100") { Description = "Most blocks of a text. Default: all." };

    public static readonly IntegerKey BlockSize = new("block_size", Required: false, 2, 1 << 15, "256") { Description = "Tokens in a block. Default: the context." };

    public static readonly IntegerKey GroupLines = new("group_lines", Required: false, 1, int.MaxValue, "1000")
    {
        Description = "Cuts blocks within groups of this many lines.",
    };

    public static readonly BooleanKey TokenLosses = new("token_losses", Required: false, false) { Description = "Logs keep the loss of each scored token." };

    public static readonly SectionKey Section = new(
        "perplexity",
        "perplexity",
        Required: false,
        [Texts, SpecialTokens, TrainFractions, LearningRates, Layers, Steps, Exact, Blocks, BlockSize, GroupLines, TokenLosses])
    {
        Description = "Perplexity on texts, as 'tint eval perplexity' measures it: every fraction with every number of layers and steps and every rate.",
    };
}

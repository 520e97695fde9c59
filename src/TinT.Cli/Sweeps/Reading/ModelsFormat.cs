using TinT.Compiler.Specs.Format;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Cli.Sweeps.Reading;

/// <summary>The section <c>models</c>: every spec with every checkpoint and every form of weights.</summary>
internal static class ModelsFormat
{
    public static readonly SeveralKey<TextKey> Specs = new(new TextKey("spec", Required: true, "gpt2.tint.yaml")
    {
        Description = "Specs.",
        Synonyms = ["specs"],
    });

    public static readonly SeveralKey<TextKey> Checkpoints = new(new TextKey("checkpoint", Required: true, "models/gpt2")
    {
        Description = "Model directories; each must fit each spec.",
        Synonyms = ["checkpoints", "model"],
    });

    public static readonly TextKey Tokenizer = new("tokenizer", Required: false, "models/gpt2")
    {
        Description = "'bytes' or a directory. Default: bytes for a vocabulary of 256, else the checkpoint's.",
    };

    public static readonly SeveralKey<ChoiceKey<WeightStorage>> Weights = new(new ChoiceKey<WeightStorage>(
        "weights",
        Required: false,
        [.. Enum.GetValues<WeightStorage>().Select(storage => new KeyValuePair<string, WeightStorage>(storage.ShortName(), storage))],
        [])
    {
        Description = "Forms in which the compiled simulator keeps matrices.",
        Synonyms = ["forms", "form"],
    });

    public static readonly SectionKey Section = new("models", "models", Required: true, [Specs, Checkpoints, Tokenizer, Weights])
    {
        Description = "What is evaluated: every spec with every checkpoint and every form of weights.",
        Synonyms = ["model"],
    };
}

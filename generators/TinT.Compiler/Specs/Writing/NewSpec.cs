using TinT.Compiler.Specs.Fields;
using TinT.Compiler.Specs.Format;
using TinT.Compiler.Specs.Reading;
using TinT.Compiler.Specs.Rules;

namespace TinT.Compiler.Specs.Writing;

/// <summary>Writes the first spec of a model: all that its checkpoint says, and a simulator and a training to begin with, with comments that say why.</summary>
public static class NewSpec
{
    /// <summary>Context of models that could have more: memory and time grow with it.</summary>
    private const int UsualContext = 2048;

    /// <summary>Largest hidden size of a simulator that is proposed.</summary>
    private static readonly int LargestSize = SimulatorFormat.HiddenSize.Maximum;

    /// <summary>The name that a model gets from the name of a folder: <c>pythia-1.4b</c> becomes <c>Pythia1_4b</c>. Numbers stay apart.</summary>
    /// <param name="folder">The folder's name.</param>
    public static string NameOf(string folder)
    {
        if (folder is null)
            throw new ArgumentNullException(nameof(folder));
        string apart = string.Concat(folder.Select((character, i) =>
            i > 0 && i + 1 < folder.Length && !char.IsLetterOrDigit(character) && char.IsDigit(folder[i - 1]) && char.IsDigit(folder[i + 1])
                ? '_'
                : character));
        return ModelName.Mend(apart);
    }

    /// <summary>Writes a spec.</summary>
    /// <param name="name">Name of the generated classes.</param>
    /// <param name="source">What it was made of, for its comment.</param>
    /// <param name="checkpoint">The model as its checkpoint is; the context may be 1 if it says none.</param>
    public static string Write(string name, string source, AuxiliaryDescription checkpoint)
    {
        if (checkpoint is null)
            throw new ArgumentNullException(nameof(checkpoint));
        AuxiliaryDescription model = checkpoint with { MaxPositionEmbeddings = ContextOf(checkpoint) };
        string context = model.MaxPositionEmbeddings == checkpoint.MaxPositionEmbeddings ? "the checkpoint's"
            : checkpoint.MaxPositionEmbeddings == 1 ? "the longest sequence; the checkpoint names none"
            : $"the longest sequence; the checkpoint allows {NumberText.Write(checkpoint.MaxPositionEmbeddings)}, but memory and time grow with it";
        int sharding = ShardingOf(model);
        long size = SimulatorSizes.SmallestHiddenSize(model, sharding);
        IReadOnlyList<int> heads = size <= LargestSize ? SimulatorSizes.ValidHeads(model, (int)size) : [];
        int slots = SimulatorSizes.MemorySlots(model);
        string why = (long)(sharding + 1) * model.HiddenSize == size
            ? "(S + 1) D: S rows of weights and a bias"
            : $"{NumberText.Write(size / model.HiddenSize)} D: room for the signal, q, k and the input of attention";
        IEnumerable<string> auxiliary = AuxiliaryText.Lines(model).Select(
            line => line.StartsWith("max_position_embeddings", StringComparison.Ordinal) ? Commented(line, context) : line);
        return $"""
            # yaml-language-server: $schema=tint.schema.json
            # Written from {source}.
            tint: {NumberText.Write(SpecFormat.Version)}
            model: {name}
            auxiliary:
            {string.Join("\n", auxiliary.Select(line => "  " + line))}
            simulator:
              {Commented($"sharding: {NumberText.Write(sharding)}", $"S: the least divisor of {NumberText.Write(model.HiddenSize)} that fills an embedding of {NumberText.Write(slots)} D; P = {NumberText.Write(model.HiddenSize / sharding)} prefix embeddings a matrix")}
              {Commented($"hidden_size: {NumberText.Write(size)}", $"H: the smallest allowed, {why}")}
              {Commented($"num_attention_heads: {NumberText.Write(heads.Count > 0 ? heads[0] : model.HeadCount)}", $"the fewest whose size divides D and that hold the model's heads of {NumberText.Write(model.HeadSize)}")}
            training:
              {Commented("steps: 1", "of SGD, inside one forward pass")}
              {Commented($"layers: {NumberText.Write(model.LayerCount)}", "the top layers that are trained: all")}
              {Commented("learning_rate: 1e-4", "for gradients summed over the training tokens: try several")}

            """;
    }

    private static int ContextOf(AuxiliaryDescription model)
    {
        if (model.Positions == PositionKind.Learned)
            return model.MaxPositionEmbeddings;
        return model.MaxPositionEmbeddings == 1 ? UsualContext : Math.Min(model.MaxPositionEmbeddings, UsualContext);
    }

    /// <summary>With fewer rows than its memory asks for, a prefix embedding would have room to spare; with more, the simulator grows.</summary>
    private static int ShardingOf(AuxiliaryDescription model)
    {
        IReadOnlyList<int> divisors = SimulatorSizes.Divisors(model.HiddenSize);
        int wanted = SimulatorSizes.MemorySlots(model) - 1;
        int sharding = divisors.FirstOrDefault(divisor => divisor >= wanted);
        return sharding == 0 || SimulatorSizes.SmallestHiddenSize(model, sharding) > LargestSize ? divisors.Last(divisor => divisor <= wanted) : sharding;
    }

    private static string Commented(string line, string comment) => $"{line.PadRight(36)} # {comment}";
}

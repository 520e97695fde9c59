using TinT.Compiler.Construction;
using TinT.Literal.Execution;
using TinT.Literal.Export;
using TinT.Model;
using TinT.Reference;
using TinT.Reference.Weights;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Literal.Tests.Export;

/// <summary>A small simulator with a random checkpoint, to be exported.</summary>
internal sealed record ExportCase(string Name, string Text)
{
    private const int Seed = 7;

    /// <summary>The cases by name; between them every option of the inner training.</summary>
    public static IReadOnlyDictionary<string, ExportCase> All { get; } = new ExportCase[]
    {
        new(new SmallSpec("Gpt2Values")),
        new(new SmallSpec("OptNoneTwoSteps") { Architecture = "opt", Activation = "relu", Steps = 2, LayerNorm = "none", Attention = "none", Loss = "quadratic" }),
        new(new SmallSpec("OptNoneTwoStepsReused") { Architecture = "opt", Activation = "relu", Steps = 2, LayerNorm = "none", Attention = "none" }) { Reuse = true },
        new(new SmallSpec("Gpt2FullExact") { LayerNorm = "full", Attention = "exact", Loss = "mean_embedding", Steps = 2 }) { Reuse = true },
        new(new SmallSpec("OptTopLayer")
        {
            Architecture = "opt", Activation = "gelu", LayerCount = 3, TrainedLayers = 1, Attention = "exact", Compatibility = "authors",
        }),
        new(new SmallSpec("Gpt2OddSizes")
        {
            HiddenSize = 12, HeadCount = 3, Sharding = 3, FeedForwardBlocks = 3, Activation = "silu", LayerNorm = "full", Context = 11, LearningRate = 1e-3,
        }),
        new(new SmallSpec("Gpt2OneRow") { HiddenSize = 10, HeadCount = 5, Sharding = 1, FeedForwardBlocks = 1, LayerCount = 1, TrainedLayers = 1 }),
        new(new SmallSpec("Gpt2SoftGates") { Steps = 2 }) { GateScale = 10 },
        new(new SmallSpec("Gpt2Single") { Steps = 2 }) { Type = TensorType.F32 },
    }.Concat(Variants()).ToDictionary(export => export.Name);

    /// <summary>A case of the format's first architectures.</summary>
    public ExportCase(SmallSpec spec)
        : this(spec.Model, spec.Text)
    {
    }

    /// <summary>Whether later passes reuse blocks.</summary>
    public bool Reuse { get; init; }

    /// <summary>Argument of open tanh gates; <see langword="null"/> for hard gates.</summary>
    public double? GateScale { get; init; }

    /// <summary>Type of the exported parameters.</summary>
    public TensorType Type { get; init; } = TensorType.F64;

    /// <summary>The graph.</summary>
    public LayerGraph Graph => LayerGraphs.OfText(Text.Replace(
        "simulator:\n", $"simulator:\n  reuse_blocks: {(Reuse ? "true" : "false")}\n", StringComparison.Ordinal));

    /// <summary>The auxiliary model.</summary>
    public AuxiliaryDescription Auxiliary => Graph.Spec.Auxiliary.Model;

    /// <summary>Two sequences with all masks: the first trains on its first part, the second on tokens here and there.</summary>
    public SimulationBatch Batch
    {
        get
        {
            Random random = new(Seed);
            const int sequences = 2;
            int vocabulary = Auxiliary.VocabularySize;
            int tokens = Auxiliary.MaxPositionEmbeddings - 1;
            T[] Draw<T>(int length, Func<T> next) => [.. Enumerable.Range(0, length).Select(_ => next())];
            float Bit() => random.Next(2);
            float[] iclMask = Draw(sequences * tokens * tokens, Bit);
            for (int row = 0; row < sequences * tokens; row++)
                iclMask[(row * tokens) + (row % tokens)] = 1;
            float[] training = [.. Enumerable.Range(0, tokens).Select(token => 2 * token < tokens ? 1f : 0f), .. Draw(tokens, Bit)];
            return new SimulationBatch(
                sequences, tokens, Draw(sequences * tokens, () => random.Next(vocabulary)), training)
            {
                GradientMask = Draw(sequences * tokens, random.NextSingle),
                IclMask = iclMask,
                PositionIds = Draw(sequences * tokens, () => random.Next(tokens + 1)),
            };
        }
    }

    /// <summary>Writes the random checkpoint.</summary>
    public void WriteCheckpoint(string directory) => RandomCheckpoint.Write(directory, Auxiliary, Seed);

    /// <summary>Exports the simulator.</summary>
    public ExportSummary Export(string checkpoint, string output, long shardBytes = ExportOptions.DefaultShardBytes) => LiteralExport.Write(
        Graph,
        checkpoint,
        output,
        new ExportOptions
        {
            Type = Type,
            ShardBytes = shardBytes,
            Gates = GateScale is null ? GateFunction.Hard : GateFunction.Tanh,
            GateScale = GateScale ?? ConstructionSettings.AuthorsGateScale,
        });

    /// <summary>What the literal simulator computes.</summary>
    public ReferenceResult<double> Run(string checkpoint)
    {
        AuxiliaryModel<double> model = AuxiliaryModelReader.Read<double>(checkpoint, Auxiliary);
        LiteralTint<double> tint = GateScale is { } scale
            ? new LiteralTint<double>(Graph, model, GateFunction.Tanh, scale)
            : new LiteralTint<double>(Graph, model);
        return tint.Run(Batch);
    }

    /// <summary>Every other model, and between them every way in which one is trained.</summary>
    private static IEnumerable<ExportCase> Variants() => VariantSpecs.All.Select((name, index) => new ExportCase(
        "Variant_" + name,
        VariantSpecs.Text(
            name,
            $"attention: {SmallSpec.Attentions[index % 3]}, layer_norm: {SmallSpec.LayerNorms[index / 3 % 4]}, steps: 2, learning_rate: 0.01")));
}

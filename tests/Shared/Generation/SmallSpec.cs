using TinT.Model;
using TinT.Runtime.Simulation;

namespace TinT.Tests.Common;

/// <summary>A spec small enough to compile and run many of; properties are the keys of the format.</summary>
/// <param name="Model">Name of the model.</param>
public sealed record SmallSpec(string Model)
{
    /// <summary>Every activation of the format.</summary>
    public static IReadOnlyList<string> Activations { get; } = ["gelu_new", "gelu", "relu", "silu"];

    /// <summary>Every architecture of the format.</summary>
    public static IReadOnlyList<string> Architectures { get; } = ["gpt2", "opt"];

    /// <summary>Every <c>attention</c> of the format.</summary>
    public static IReadOnlyList<string> Attentions { get; } = ["none", "values", "exact"];

    /// <summary>Every <c>compatibility</c> of the format.</summary>
    public static IReadOnlyList<string> Compatibilities { get; } = ["none", "authors"];

    /// <summary>Every <c>layer_norm</c> of the format.</summary>
    public static IReadOnlyList<string> LayerNorms { get; } = ["none", "bias", "full"];

    /// <summary>Every <c>loss</c> of the format.</summary>
    public static IReadOnlyList<string> Losses { get; } = ["softmax", "quadratic", "mean_embedding"];

    /// <summary>Every <c>update</c> that decides.</summary>
    public static IReadOnlyList<string> Updates { get; } = ["primal", "dual"];

    /// <summary><c>auxiliary.architecture</c>.</summary>
    public string Architecture { get; init; } = "gpt2";

    /// <summary><c>auxiliary.vocab_size</c>.</summary>
    public int VocabularySize { get; init; } = 29;

    /// <summary><c>auxiliary.max_position_embeddings</c>.</summary>
    public int Context { get; init; } = 16;

    /// <summary><c>auxiliary.hidden_size</c>, D.</summary>
    public int HiddenSize { get; init; } = 16;

    /// <summary><c>auxiliary.num_hidden_layers</c>.</summary>
    public int LayerCount { get; init; } = 2;

    /// <summary><c>auxiliary.num_attention_heads</c>, h.</summary>
    public int HeadCount { get; init; } = 2;

    /// <summary>Feed-forward width in multiples of D.</summary>
    public int FeedForwardBlocks { get; init; } = 4;

    /// <summary><c>auxiliary.activation</c>.</summary>
    public string Activation { get; init; } = "gelu_new";

    /// <summary><c>auxiliary.norm.epsilon</c>.</summary>
    public double NormEpsilon { get; init; } = 1e-5;

    /// <summary><c>simulator.sharding</c>, S.</summary>
    public int Sharding { get; init; } = 4;

    /// <summary><c>training.steps</c>.</summary>
    public int Steps { get; init; } = 1;

    /// <summary><c>training.layers</c>.</summary>
    public int TrainedLayers { get; init; } = 2;

    /// <summary><c>training.learning_rate</c>.</summary>
    public double LearningRate { get; init; } = 1e-2;

    /// <summary><c>training.loss</c>.</summary>
    public string Loss { get; init; } = "softmax";

    /// <summary><c>training.layer_norm</c>.</summary>
    public string LayerNorm { get; init; } = "bias";

    /// <summary><c>training.attention</c>.</summary>
    public string Attention { get; init; } = "values";

    /// <summary><c>training.taylor_scale</c>, N.</summary>
    public double TaylorScale { get; init; } = 1000;

    /// <summary><c>training.compatibility</c>.</summary>
    public string Compatibility { get; init; } = "none";

    /// <summary><c>training.update</c>.</summary>
    public string Update { get; init; } = "auto";

    /// <summary>File name of the spec.</summary>
    public string FileName => Model + ".tint.yaml";

    /// <summary>What it simulates, by the rules of the format and not by the compiler.</summary>
    public SimulatorDescription Description => new(
        Model,
        new AuxiliaryDescription(
            Architecture, VocabularySize, Context, HiddenSize, LayerCount, HeadCount, FeedForwardBlocks * HiddenSize, Activation, NormEpsilon)
        {
            UnusedPositions = Architecture == "opt" ? 2 : 0,
        },
        new TrainingDescription(Steps, TrainedLayers, LearningRate, Loss, LayerNorm, Attention, TaylorScale, Compatibility),
        Sharding,
        HiddenSize / Sharding,
        SimulatorBlocks * HiddenSize,
        SimulatorBlocks * HeadCount);

    /// <summary>The spec as text.</summary>
    public string Text => FormattableString.Invariant($"""
        tint: 1
        model: {Model}
        auxiliary:
          architecture: {Architecture}
          vocab_size: {VocabularySize}
          max_position_embeddings: {Context}
          hidden_size: {HiddenSize}
          num_hidden_layers: {LayerCount}
          num_attention_heads: {HeadCount}
          intermediate_size: {FeedForwardBlocks * HiddenSize}
          activation: {Activation}
          norm:
            epsilon: {NormEpsilon}
        simulator:
          sharding: {Sharding}
          hidden_size: {SimulatorBlocks * HiddenSize}
          num_attention_heads: {SimulatorBlocks * HeadCount}
        training:
          steps: {Steps}
          layers: {TrainedLayers}
          learning_rate: {LearningRate}
          loss: {Loss}
          layer_norm: {LayerNorm}
          attention: {Attention}
          taylor_scale: {TaylorScale}
          compatibility: {Compatibility}
          update: {Update}

        """);

    /// <summary>H / D: room for the S rows of a prefix and its bias, and for four slots of memory.</summary>
    private int SimulatorBlocks => Math.Max(Sharding + 1, 4);
}

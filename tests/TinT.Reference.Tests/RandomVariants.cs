using TinT.Model;
using TinT.Model.Architectures;

namespace TinT.Reference.Tests;

/// <summary>Small models that between them have everything a description can say.</summary>
internal static class RandomVariants
{
    /// <summary>BLOOM's feed-forward modules are four times as wide as its hidden states.</summary>
    private const int BloomInner = 48;

    /// <summary>The models by name; of every architecture the usual one, and more.</summary>
    public static IReadOnlyDictionary<string, AuxiliaryDescription> All { get; } = Describe();

    private static Dictionary<string, AuxiliaryDescription> Describe()
    {
        Dictionary<string, AuxiliaryDescription> models = [];
        foreach (Architecture architecture in KnownArchitectures.All)
        {
            // Heads have six coordinates; of shares that are smaller four are turned.
            AuxiliaryOptions options = new()
            {
                IntermediateSize = architecture.Name == "bloom" ? BloomInner : null,
                RotarySize = architecture.Name == "gptj" ? 4 : null,
                PartialRotaryFactor = architecture.Name is "gpt_neox" or "phi" ? 0.7 : null,
            };
            models.Add(architecture.Name, RandomCase.Auxiliary(architecture.Name, options: options));
        }

        models.Add("gpt2, untied", RandomCase.Auxiliary(options: new() { TieWordEmbeddings = false }));
        models.Add("gpt2, quick_gelu of a narrow module", RandomCase.Auxiliary(activation: "quick_gelu", options: new() { IntermediateSize = 7 }));
        models.Add("opt, post-norm", RandomCase.Auxiliary("opt", options: new() { NormPlacement = NormPlacement.Post }));
        models.Add("opt, post-norm, projected", RandomCase.Auxiliary("opt", options: new() { NormPlacement = NormPlacement.Post, EmbeddingSize = 5 }));
        models.Add("opt, without biases", RandomCase.Auxiliary("opt", options: new() { Bias = false }));
        models.Add("bloom, three heads", RandomCase.Auxiliary("bloom", options: new() { HeadCount = 3, IntermediateSize = BloomInner }));
        models.Add("gptj, wholly turned", RandomCase.Auxiliary("gptj", options: new() { RotarySize = 6 }));
        models.Add("gpt_neox, sequential", RandomCase.Auxiliary(
            "gpt_neox", options: new() { ParallelResidual = false, PartialRotaryFactor = 1, AttentionBias = false }));
        models.Add("gpt_neo, local", RandomCase.Auxiliary("gpt_neo", options: new() { SlidingWindow = 3, SlidingLayers = EquatableArray.Create(false, true) }));
        models.Add("llama, groups and biases", RandomCase.Auxiliary("llama", options: new()
        {
            HeadCount = 4, KeyValueHeadCount = 2, HeadSize = 4, AttentionBias = true, FeedForwardBias = true, IntermediateSize = 19,
            RopeScaling = new(RopeScaling.Linear, 4),
        }));
        models.Add("llama, one head of keys, tied", RandomCase.Auxiliary("llama", options: new()
        {
            HeadCount = 3, KeyValueHeadCount = 1, TieWordEmbeddings = true, RopeScaling = new(RopeScaling.Llama3, 8, 1, 4, 12),
        }));
        models.Add("mistral, window", RandomCase.Auxiliary("mistral", options: new() { SlidingWindow = 4 }));
        models.Add("qwen3, groups", RandomCase.Auxiliary("qwen3", options: new() { HeadCount = 4, KeyValueHeadCount = 2, HeadSize = 6 }));
        models.Add("gemma, groups", RandomCase.Auxiliary("gemma", options: new() { HeadCount = 4, KeyValueHeadCount = 2, HeadSize = 8 }));
        models.Add("gemma2, bounds and windows", RandomCase.Auxiliary("gemma2", options: new()
        {
            HeadCount = 4, KeyValueHeadCount = 2, HeadSize = 8, QueryScalar = 5, ScoreCap = 0.7, LogitCap = 1.2, SlidingWindow = 3,
            SlidingLayers = EquatableArray.Create(true, false),
        }));
        models.Add("falcon, groups", RandomCase.Auxiliary("falcon", options: new() { NewDecoderArchitecture = true, HeadCount = 6, KeyValueHeadCount = 2 }));
        models.Add("falcon, alibi", RandomCase.Auxiliary("falcon", options: new()
        {
            Positions = PositionKind.Alibi, ParallelResidual = false, Bias = true, KeyValueHeadCount = 2,
        }));
        return models;
    }
}

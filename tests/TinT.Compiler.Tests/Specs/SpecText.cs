using System.Globalization;

namespace TinT.Compiler.Tests.Specs;

/// <summary>Writes small specs for tests.</summary>
internal static class SpecText
{
    /// <summary>A valid spec that leaves everything to its default that has one.</summary>
    public const string Smallest = """
        model: Small
        auxiliary:
          vocab_size: 101
          max_position_embeddings: 32
          hidden_size: 48
          num_hidden_layers: 2
          num_attention_heads: 3
        simulator:
          sharding: 3

        """;

    /// <summary>The smallest spec with other sizes.</summary>
    public static string WithSizes(int hiddenSize, int heads, int sharding, int? simulatorSize = null, int? simulatorHeads = null) =>
        string.Create(CultureInfo.InvariantCulture, $"""
            model: Small
            auxiliary:
              vocab_size: 101
              max_position_embeddings: 32
              hidden_size: {hiddenSize}
              num_hidden_layers: 2
              num_attention_heads: {heads}
            simulator:
              sharding: {sharding}
            {Line("hidden_size", simulatorSize)}
            {Line("num_attention_heads", simulatorHeads)}

            """);

    private static string Line(string key, int? value) =>
        value is null ? "" : string.Create(CultureInfo.InvariantCulture, $"  {key}: {value}");
}

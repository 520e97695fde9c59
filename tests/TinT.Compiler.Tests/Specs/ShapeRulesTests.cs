using System.Text.RegularExpressions;
using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Reading;

namespace TinT.Compiler.Tests.Specs;

/// <summary>The rules of the construction against a plain restatement of them, over many shapes.</summary>
public sealed partial class ShapeRulesTests
{
    [Fact]
    public void A_shape_is_accepted_exactly_when_every_rule_holds()
    {
        foreach ((int hiddenSize, int heads, int sharding, int simulatorSize, int simulatorHeads) in Shapes())
        {
            SpecReadResult result = SpecReader.Read(SpecText.WithSizes(hiddenSize, heads, sharding, simulatorSize, simulatorHeads));

            bool expected = ObeysRules(hiddenSize, heads, sharding, simulatorSize, simulatorHeads);
            Assert.Equal(
                (hiddenSize, heads, sharding, simulatorSize, simulatorHeads, expected),
                (hiddenSize, heads, sharding, simulatorSize, simulatorHeads, result.Spec is not null));
        }
    }

    [Fact]
    public void The_value_that_a_message_advises_mends_that_mistake()
    {
        int mended = 0;
        foreach ((int hiddenSize, int heads, int sharding, int simulatorSize, int simulatorHeads) in Shapes())
        {
            string text = SpecText.WithSizes(hiddenSize, heads, sharding, simulatorSize, simulatorHeads);
            foreach (SpecDiagnostic diagnostic in SpecReader.Read(text).Diagnostics)
            {
                Match advice = Advice().Match(diagnostic.Message);
                Assert.True(advice.Success, diagnostic.Message);
                foreach (Capture value in advice.Groups["value"].Captures)
                {
                    string other = text[..diagnostic.Span.Start.Offset] + value.Value + text[diagnostic.Span.End.Offset..];
                    int line = diagnostic.Span.Start.Line;
                    Assert.DoesNotContain(SpecReader.Read(other).Diagnostics, left => left.Id == diagnostic.Id && left.Span.Start.Line == line);
                    mended++;
                }
            }
        }

        Assert.True(mended > 1000, $"Only {mended} pieces of advice were tried.");
    }

    [Fact]
    public void The_defaults_obey_every_rule_with_the_smallest_simulator_and_the_fewest_heads()
    {
        for (int hiddenSize = 2; hiddenSize <= 48; hiddenSize++)
        {
            foreach (int heads in Divisors(hiddenSize))
            {
                foreach (int sharding in Divisors(hiddenSize))
                {
                    SimulatorSpec simulator = SpecReader.Read(SpecText.WithSizes(hiddenSize, heads, sharding)).Spec!.Simulator;

                    Assert.Equal(hiddenSize * Math.Max(sharding + 1, 4), simulator.HiddenSize.Value);
                    int fewest = Enumerable.Range(1, simulator.HiddenSize)
                        .First(count => ObeysRules(hiddenSize, heads, sharding, simulator.HiddenSize, count));
                    Assert.Equal(fewest, simulator.HeadCount.Value);
                    Assert.Equal(hiddenSize / sharding, simulator.PrefixTokens);
                }
            }
        }
    }

    [Fact]
    public void The_default_heads_are_the_auxiliary_models_where_those_obey_the_rules()
    {
        SpecReadResult result = SpecReader.Read(SpecText.WithSizes(hiddenSize: 768, heads: 12, sharding: 3));

        Assert.Equal(12, result.Spec!.Simulator.HeadCount.Value);
    }

    [Theory]
    [InlineData(16_777_216, 32, 128, 2, "TINT1005")] // 2³¹ elements in the token embedding
    [InlineData(16_777_215, 32, 128, 2, null)] // 2³¹ − 128
    [InlineData(65_536, 32_768, 4, 2, "TINT1005")] // 2³¹ logits
    [InlineData(65_535, 32_768, 4, 2, null)]
    [InlineData(101, 32, 16_384, 341, null)] // 12·2²⁸ parameters a layer: 1.0985e12 < 2⁴⁰
    [InlineData(101, 32, 16_384, 342, "TINT1006")] // 1.1017e12 ≥ 2⁴⁰
    public void Sizes_stop_short_of_overflow(int vocabulary, int context, int hiddenSize, int layers, string? id)
    {
        string text = SpecText.WithSizes(hiddenSize, heads: 1, sharding: 1)
            .Replace("vocab_size: 101", $"vocab_size: {vocabulary}", StringComparison.Ordinal)
            .Replace("embeddings: 32", $"embeddings: {context}", StringComparison.Ordinal)
            .Replace("layers: 2", $"layers: {layers}", StringComparison.Ordinal);

        IEnumerable<string> ids = SpecReader.Read(text).Diagnostics.Select(diagnostic => diagnostic.Id);

        Assert.Equal(id is null ? [] : [id], ids);
    }

    [GeneratedRegex("Use (?<value>[0-9]+)( or (?<value>[0-9]+))?")]
    private static partial Regex Advice();

    /// <summary>All shapes of a small auxiliary model and a sample of larger ones.</summary>
    private static IEnumerable<(int HiddenSize, int Heads, int Sharding, int SimulatorSize, int SimulatorHeads)> Shapes()
    {
        for (int heads = 1; heads <= 4; heads++)
        {
            for (int sharding = 1; sharding <= 4; sharding++)
            {
                for (int simulatorSize = 12; simulatorSize <= 24; simulatorSize++)
                {
                    for (int simulatorHeads = 1; simulatorHeads <= 24; simulatorHeads++)
                        yield return (4, heads, sharding, simulatorSize, simulatorHeads);
                }
            }
        }

        var random = new Random(1);
        int[] hiddenSizes = [6, 12, 30, 48];
        for (int i = 0; i < 2000; i++)
        {
            int hiddenSize = hiddenSizes[random.Next(hiddenSizes.Length)];
            int[] divisors = [.. Divisors(hiddenSize)];
            int multiple = random.Next(1, 16);
            int[] counts = [.. Divisors(hiddenSize * multiple)];
            int heads = divisors[random.Next(divisors.Length)];
            yield return (hiddenSize, heads, divisors[random.Next(divisors.Length)], hiddenSize * multiple, counts[random.Next(counts.Length)]);
        }
    }

    private static IEnumerable<int> Divisors(int number) => Enumerable.Range(1, number).Where(divisor => number % divisor == 0);

    /// <summary>The shape rules as the construction states them.</summary>
    private static bool ObeysRules(int hiddenSize, int heads, int sharding, int simulatorSize, int simulatorHeads)
    {
        bool sharded = hiddenSize % heads == 0 && hiddenSize % sharding == 0;
        bool sized = sharded && simulatorSize % (hiddenSize / sharding) == 0 && simulatorSize % hiddenSize == 0
            && simulatorSize >= (sharding + 1) * hiddenSize && simulatorSize >= 4 * hiddenSize;
        return sized && simulatorSize % simulatorHeads == 0
            && hiddenSize % (simulatorSize / simulatorHeads) == 0
            && heads <= simulatorHeads
            && heads % (hiddenSize / (simulatorSize / simulatorHeads)) == 0;
    }
}

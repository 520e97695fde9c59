using System.Text.RegularExpressions;
using TinT.Compiler.Compilation;
using TinT.Tests.Common;

namespace TinT.Generator.Tests;

/// <summary>Generated code compiles, without a warning, whatever the spec asks for.</summary>
public sealed class CompilationTests
{
    /// <summary>Lines with the steps, the trained layers, their memory slots and the compatibility.</summary>
    private static readonly Regex TrainingNumbers = new(@"^ *(Steps|Layers|TrainedLayers): \d+,$|^ *""none""\),$| ArenaPlan Arena => ");

    public static TheoryData<string> ShippedSpecs =>
        [.. Directory.GetFiles(RepositoryFiles.InRepository("specs"), "*.tint.yaml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Activations => [.. SmallSpec.Activations];

    [Theory, MemberData(nameof(ShippedSpecs))]
    public void A_shipped_spec_compiles(string name)
    {
        string path = RepositoryFiles.InRepository("specs", name);

        GeneratedCode.AssertCompiles(Compile(File.ReadAllText(path), path));
    }

    [Fact]
    public void The_code_of_GPT2_has_a_size_that_can_be_read()
    {
        string path = RepositoryFiles.InRepository("specs", "gpt2.tint.yaml");

        int lines = Compile(File.ReadAllText(path), path).Sum(source => source.Text.Count(character => character == '\n'));

        Assert.InRange(lines, 500, 5000);
    }

    [Fact]
    public void The_code_does_not_grow_with_the_model()
    {
        int Lines(string name, string form)
        {
            string text = File.ReadAllText(RepositoryFiles.InRepository("specs", name));
            text = text.Replace("training:", $"training:\n  update: {form}", StringComparison.Ordinal);
            return Compile(text, name).Sum(source => source.Text.Count(character => character == '\n'));
        }

        Assert.All(SmallSpec.Updates, form => Assert.Equal(Lines("gpt2.tint.yaml", form), Lines("gpt2-xl.tint.yaml", form)));
    }

    /// <summary>
    /// All combinations of the options: those that shape the code are compiled, 27 in a compilation; steps, layers and
    /// compatibility only change numbers and texts in it, which is asserted of each.
    /// </summary>
    [Theory, MemberData(nameof(Activations))]
    public void Every_combination_of_options_compiles(string activation)
    {
        var sources = new List<(string Name, string Text)>();
        foreach (string layerNorm in SmallSpec.LayerNorms)
        {
            foreach (string attention in SmallSpec.Attentions)
            {
                foreach (string loss in SmallSpec.Losses)
                {
                    SmallSpec spec = new($"Spec{sources.Count / 3}")
                    {
                        Activation = activation,
                        LayerNorm = layerNorm,
                        Attention = attention,
                        Loss = loss,
                    };
                    (string Name, string Text)[] code = Compile(spec.Text, spec.FileName);
                    sources.AddRange(code);
                    foreach (SmallSpec variant in Variants(spec))
                        AssertSameShape(code, Compile(variant.Text, variant.FileName));
                }
            }
        }

        GeneratedCode.AssertCompiles(sources);
    }

    /// <summary>Specs of every architecture, with everything that they can say, in one compilation.</summary>
    [Fact]
    public void Random_specs_of_every_architecture_compile() => GeneratedCode.AssertCompiles(
        Enumerable.Range(0, 3 * SmallSpec.Architectures.Count).Select(RandomCases.Spec).SelectMany(spec => Compile(spec.Text, spec.FileName)));

    [Theory]
    [InlineData("Cpu")]
    [InlineData("System")]
    [InlineData("TinT")]
    [InlineData("Layout")]
    [InlineData("Simulator")]
    [InlineData("I")]
    [InlineData("_")]
    [InlineData("x1")]
    [InlineData("nameof")]
    [InlineData("record")]
    [InlineData("Größe")]
    [InlineData("模型")]
    [InlineData("A234567890123456789012345678901234567890123456789012345678901234")]
    public void A_name_of_a_model_that_the_format_allows_names_classes(string model)
    {
        SmallSpec spec = new(model);
        var host = new GeneratorHost(new MemoryText(spec.FileName, spec.Text));

        Assert.Empty(host.Diagnostics);
        GeneratedCode.AssertCompiles(host.Sources.Select(source => (source.Key, source.Value)));
    }

    [Fact]
    public void Extreme_sizes_compile()
    {
        SmallSpec[] specs =
        [
            new("Smallest") { VocabularySize = 2, Context = 1, HiddenSize = 2, HeadCount = 1, LayerCount = 1, TrainedLayers = 1, FeedForwardBlocks = 1, Sharding = 1 },
            new("OneHead") { HiddenSize = 7, HeadCount = 1, FeedForwardBlocks = 1, Sharding = 7 },
            new("Deep") { LayerCount = 1024, TrainedLayers = 1024, Steps = 1024 },
            new("Wide") { HiddenSize = 32768, HeadCount = 64, Sharding = 4, VocabularySize = 60000, Context = 8192, LayerCount = 100, TrainedLayers = 1, FeedForwardBlocks = 1 },
            new("Numbers") { LearningRate = 1e-20, TaylorScale = 1e9, NormEpsilon = 1e-12 },
            new("OtherNumbers") { LearningRate = 1000, TaylorScale = 1, NormEpsilon = 1 },
        ];

        GeneratedCode.AssertCompiles(specs.SelectMany(spec => Compile(spec.Text, spec.FileName)));
    }

    private static (string Name, string Text)[] Compile(string text, string fileName)
    {
        CompilationResult result = SpecCompiler.Compile(text, fileName);
        Assert.Empty(result.Diagnostics);
        return [.. result.Sources.Select(source => (source.HintName, source.Text))];
    }

    private static IEnumerable<SmallSpec> Variants(SmallSpec spec) =>
        from steps in new[] { 1, 3 }
        from layers in new[] { 1, 2 }
        from compatibility in SmallSpec.Compatibilities
        select spec with { Steps = steps, TrainedLayers = layers, Compatibility = compatibility };

    /// <summary>Line by line equal but for the description and the table of parameters in the layout, and the hash.</summary>
    private static void AssertSameShape((string Name, string Text)[] expected, (string Name, string Text)[] actual)
    {
        foreach (((string name, string text), (_, string other)) in expected.Zip(actual))
        {
            string[] lines = text.Split('\n');
            string[] otherLines = other.Split('\n');
            Assert.Equal(lines.Length, otherLines.Length);
            IEnumerable<string> changed = lines.Zip(otherLines).Where(pair => pair.First != pair.Second).Select(pair => pair.First);
            Assert.All(changed, line => Assert.True(
                line.StartsWith("// Compiled from", StringComparison.Ordinal)
                || (name.EndsWith(".Layout.g.cs", StringComparison.Ordinal) && TrainingNumbers.IsMatch(line)),
                $"{name}: {line}"));
        }
    }

}

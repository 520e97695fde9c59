using System.Text.Json.Nodes;
using TinT.Cli.Schemas;
using TinT.Cli.Sweeps.Reading;
using TinT.Compiler.Specs.Format;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Schemas;

public sealed class FormatSchemaTests
{
    private const string Models = "models: {spec: a, checkpoint: b}";

    private static JsonNode Sweep { get; } = JsonNode.Parse(FormatSchema.Text(SweepFormat.Root, "TinT sweep"))!;

    /// <summary>Schemas are no pages of their own: they are what the rows of the formats say.</summary>
    [Theory]
    [InlineData("spec", "tint.schema.json")]
    [InlineData("sweep", "sweep.schema.json")]
    [InlineData("task", "task.schema.json")]
    public void The_schema_for_editors_says_what_the_reader_accepts(string of, string file) =>
        Page.Match(RepositoryFiles.InRepository("specs", file), Tint.Run("schema", of).AssertDone().Output);

    [Fact]
    public void Every_key_says_what_it_means() =>
        Assert.All(Keys(SpecFormat.Root).Concat(Keys(SweepFormat.Root)), key => Assert.False(string.IsNullOrWhiteSpace(key.Description), key.Name));

    [Fact]
    public void The_example_sweep_and_every_shipped_spec_are_right_by_their_schemas()
    {
        JsonNode spec = JsonNode.Parse(Tint.Run("schema").AssertDone().Output)!;
        string folder = RepositoryFiles.InRepository("specs");
        Assert.All(Directory.GetFiles(folder, "*.tint.yaml"), path => Assert.Equal([], SchemaMistakes.In(YamlAsJson.Read(File.ReadAllText(path)), spec)));
        Assert.All(Directory.GetFiles(folder, "*.sweep.yaml"), path =>
        {
            string text = File.ReadAllText(path);
            Assert.StartsWith("# yaml-language-server: $schema=sweep.schema.json\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
            Assert.Equal([], SchemaMistakes.In(YamlAsJson.Read(text), Sweep));
        });
    }

    /// <summary>Every key with its own example for a value, and what is next to it.</summary>
    [Fact]
    public void Every_key_of_a_sweep_is_in_the_schema_and_takes_its_example_and_a_misspelt_one_is_refused()
    {
        foreach (SectionKey section in SweepFormat.Root.Keys.OfType<SectionKey>())
        {
            foreach (KeyFormat key in section.Keys)
            {
                Assert.Equal([], SchemaMistakes.In(Whole(section, key.Name, key.Example), Sweep));
                if (key is SeveralKey)
                    Assert.Equal([], SchemaMistakes.In(Whole(section, key.Name, $"[{key.Example}, {key.Example}]"), Sweep));
                Assert.Equal([$"$.{section.Name} has {key.Name}s_"], SchemaMistakes.In(Whole(section, $"{key.Name}s_", key.Example), Sweep));
            }
        }
    }

    [Theory]
    [InlineData($"sweep: 2\n{Models}\nperplexity: {{text: c}}")]
    [InlineData($"name: a/b\n{Models}\nperplexity: {{text: c}}")]
    [InlineData(Models)]
    [InlineData($"{Models}\nperplexity: {{text: c}}\nin_context: {{data: d}}")]
    [InlineData("models: {spec: a}\nperplexity: {text: c}")]
    [InlineData($"{Models}\nperplexity:")]
    [InlineData($"{Models}\nperplexity: {{text: c, steps: []}}")]
    [InlineData($"{Models}\nperplexity: {{text: c, steps: [1, x]}}")]
    [InlineData($"{Models}\nperplexity: {{text: c, steps: 1.5}}")]
    [InlineData($"{Models}\nperplexity: {{text: c, train_fraction: [0.5, 1]}}")]
    [InlineData($"{Models}\nperplexity: {{text: c, exact: some}}")]
    [InlineData($"{Models}\nin_context: {{data: d, loss: [label, labels]}}")]
    public void What_the_reader_refuses_in_the_file_itself_the_schema_refuses(string yaml) => Assert.NotEmpty(SchemaMistakes.In(YamlAsJson.Read(yaml), Sweep));

    private static IEnumerable<KeyFormat> Keys(KeyFormat key) => key is SectionKey section ? section.Keys.SelectMany(Keys).Prepend(key) : [key];

    /// <summary>A sweep with what it must have and one key more.</summary>
    private static JsonNode Whole(SectionKey section, string key, string value)
    {
        JsonNode sweep = YamlAsJson.Read(section == InContextFormat.Section ? $"{Models}\nin_context: {{data: d}}" : $"{Models}\nperplexity: {{text: c}}");
        if (sweep[section.Name] is not JsonObject entries)
            sweep[section.Name] = entries = [];
        entries[key] = YamlAsJson.Read($"a: {value}")["a"]!.DeepClone();
        return sweep;
    }
}

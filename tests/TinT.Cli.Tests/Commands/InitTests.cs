using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Reading;
using TinT.Reference.Weights;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

public sealed class InitTests
{
    public static TheoryData<string> Architectures => [.. SmallSpec.Architectures];

    [Theory, MemberData(nameof(Architectures))]
    public void A_checkpoint_of_any_architecture_gets_a_spec_of_its_model_that_it_fits(string architecture)
    {
        int seed = Enumerable.Range(3, 30).First(number => RandomCases.Spec(number).Architecture == architecture);
        SmallSpec small = RandomCases.Spec(seed);
        using TemporaryFolder folder = new();
        string checkpoint = folder.File("small-1.5b");
        string spec = folder.File("small.tint.yaml");
        RandomCheckpoint.Write(checkpoint, small.Description.Auxiliary, seed);

        string told = Tint.Run("init", "--checkpoint", checkpoint, "--output", spec).AssertDone().Output;

        Assert.StartsWith($"{spec}: Small1_5b ({architecture}, ", told, StringComparison.Ordinal);
        ModelSpec written = SpecReader.Read(File.ReadAllText(spec)).Spec!;
        Assert.Equal(small.Description.Auxiliary, written.Auxiliary.Model);
        Assert.Equal(File.ReadAllText(spec), Tint.Run("init", "--checkpoint", checkpoint).AssertDone().Output);
        Assert.Equal(0, Tint.Run("verify", spec, "--checkpoint", checkpoint, "--tokens", "5", "--no-literal").ExitCode);
    }

    [Fact]
    public void A_spec_that_exists_is_replaced_only_if_that_is_said()
    {
        using TemporaryFolder folder = new();
        string checkpoint = folder.File("model");
        string spec = folder.File("mine.tint.yaml");
        RandomCheckpoint.Write(checkpoint, new SmallSpec("Small").Description.Auxiliary, seed: 1);
        File.WriteAllText(spec, "mine");

        Tint.Run("init", "--checkpoint", checkpoint, "--output", spec)
            .AssertFailed(2, $"error: {spec}: the file exists already; name another one, or replace it with --force.");
        Assert.Equal("mine", File.ReadAllText(spec));
        Tint.Run("init", "--checkpoint", checkpoint, "--output", spec, "--force", "--model", "Other").AssertDone();
        Assert.Contains("\nmodel: Other\n", File.ReadAllText(spec), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_cannot_be_simulated_is_told_with_its_field_and_nothing_is_written()
    {
        using TemporaryFolder folder = new();
        string checkpoint = folder.File("phi");
        Directory.CreateDirectory(checkpoint);
        File.WriteAllText(Path.Combine(checkpoint, "config.json"), """
            {"model_type": "phi", "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64, "max_position_embeddings": 8, "vocab_size": 9, "qk_layernorm": true}
            """);

        CommandResult result = Tint.Run("init", "--checkpoint", checkpoint, "--output", folder.File("phi.tint.yaml"));

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("qk_layernorm is true", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("phi.tint.yaml")));
    }

    [Fact]
    public void Specs_of_other_architectures_that_ship_are_what_init_writes_of_their_models()
    {
        foreach (string path in Directory.GetFiles(RepositoryFiles.InRepository("specs"), "*.tint.yaml").Where(
            path => File.ReadAllText(path).Contains("# Written from ", StringComparison.Ordinal)))
        {
            string text = File.ReadAllText(path);
            ModelSpec spec = SpecReader.Read(text).Spec!;
            string name = Path.GetFileName(path).Replace(".tint.yaml", string.Empty, StringComparison.Ordinal);
            string again = TinT.Compiler.Specs.Writing.NewSpec.Write(spec.Model.Value, $"{name}/config.json", spec.Auxiliary.Model);

            // What the checkpoint allows beyond the context is not in the spec.
            string Rest(string lines) =>
                string.Join('\n', lines.Split('\n').Where(line => !line.Contains("max_position_embeddings:", StringComparison.Ordinal)));
            Assert.Equal(Rest(again), Rest(text));
        }
    }
}

using System.Text.RegularExpressions;
using TinT.Cli.Sweeps.Reading;
using TinT.Compiler.Diagnostics;

namespace TinT.Cli.Tests.Sweeps;

public sealed class SweepReaderTests : IDisposable
{
    private const string Models = "models: {spec: byte.tint.yaml, checkpoint: model}";
    private const string Texts = "perplexity: {text: text.txt}";

    private readonly SweepCase sweeps = new();

    public SweepReaderTests() => ByteModel.CopyTo(Directory.CreateDirectory(sweeps.PathOf("model")).FullName);

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "# nothing", "1,10", "TINT4001: The sweep is empty." },
        { "- a list", "1,1", "TINT4002: The sweep is a list, not a mapping." },
        { $"sweep: 2\n{Models}\n{Texts}", "1,8", "TINT4003: Version 2 of the sweep format is unknown to this tool." },
        { Models, "1,1", "TINT4004: A sweep evaluates texts or tasks: this one has neither." },
        { $"{Models}\n{Texts}\nin_context: {{data: model}}", "3,1", "TINT4004: A sweep evaluates texts or tasks: this one has both." },
        { $"{Models}\nperplexity:\n  text: text.txt\n  learning_rate: [1e-4, 1e-3, 1.0e-4]", "4,31", "TINT4005: 'perplexity.learning_rate' has '1.0e-4' twice." },
        { $"{Models}\nperplexity: {{text: none.txt}}", "2,20", "TINT4006: 'perplexity.text' names 'none.txt', but " },
        { $"models: {{spec: byte.tint.yaml, checkpoint: none}}\n{Texts}", "1,44", "TINT4006: 'models.checkpoint' names 'none', but " },
        { $"{Models}\nperplexity: {{text: text.txt, layers: [1, 5]}}", "2,42", "TINT4007: 'perplexity.layers' is 5, but ByteGpt2 has 1 to 4. Raise training.layers there" },
        { $"{Models}\nperplexity: {{text: text.txt, block_size: 257}}", "2,42", "TINT4007: 'perplexity.block_size' is 257, but ByteGpt2 has 1 to 256." },
        { $"{Models}\nin_context: {{data: model, layers: [1, 2, 4], steps: [1, 1]}}", "2,1", "TINT4008: 'in_context.layers' has 3 values and 'in_context.steps' 2;" },
        { $"models: {{spec: byte.tint.yaml, checkpoint: model, weights: bf16}}\n{Texts}\nrun: {{device: cuda}}", "1,60", "TINT4009: 'models.weights' is bf16," },
        { $"name: a/b\n{Models}\n{Texts}", "1,7", "TINT4010: The name 'a/b' cannot name folders and jobs everywhere." },
        { $"{Models}\nperplexity: {{text: text.txt, train_fracton: 0.5}}", "2,30", "TINT0020: 'perplexity' has no key 'train_fracton'. Did you mean 'train_fraction'?" },
        { $"{Models}\nlearning_rate: 1\n{Texts}", "2,1", "TINT0020: A sweep has no key 'learning_rate'." },
        { $"{Models}\nperplexity: {{text: text.txt, seeds: 1}}", "2,30", "TINT0020: 'perplexity' has no key 'seeds'." },
        { $"{Models}\nperplexity: {{text: text.txt, lr: 1e-4}}", "2,30", "TINT0020: 'perplexity' has no key 'lr'. It is called 'learning_rate' here." },
        { $"{Models}\nperplexity: {{exact: none}}", "2,1", "TINT0022: 'perplexity' lacks 'text', which has no default." },
        { $"{Models}\nperplexity: {{text: text.txt, exact: some}}", "2,37", "TINT0029: 'perplexity.exact' cannot be 'some'." },
        { $"{Models}\nperplexity: {{text: text.txt, steps: [1, x]}}", "2,41", "TINT0026: 'perplexity.steps' needs a whole number, but this is 'x'." },
        { $"{Models}\nperplexity: {{text: text.txt, train_fraction: 1}}", "2,46", "TINT1001: 'perplexity.train_fraction' is 1, outside the range" },
        { $"{Models}\nperplexity: {{text: text.txt, steps: {{a: 1}}}}", "2,37", "TINT0025: 'perplexity.steps' needs a whole number or a list, but this is a mapping." },
        { $"{Models}\nperplexity: {{text: text.txt, steps: []}}", "2,37", "TINT0025: 'perplexity.steps' needs a whole number or a list, but this is a list." },
        { $"{Models}\nperplexity: {{text: text.txt}}}}", "2,29", "TINT0001: The YAML cannot be read here" },
    };

    public void Dispose() => sweeps.Dispose();

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_at_its_place(string yaml, string place, string message)
    {
        string path = sweeps.WriteAll("bad", yaml);
        CommandResult result = Tint.Run("sweep", "plan", path, "--no-time");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"{path}({place}): error {message}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_mistake_of_sweeps_has_an_example_here()
    {
        string[] shown = [.. Mistakes.Select(row => Regex.Match((string)row[2], "^TINT4[0-9]+").Value).Where(id => id.Length > 0).Distinct().Order()];
        Assert.Equal([.. SweepDiagnostics.All.Select(descriptor => descriptor.Id).Order()], shown);
        Assert.Empty(SweepDiagnostics.All.Select(descriptor => descriptor.Id).Intersect(SpecDiagnostics.All.Select(descriptor => descriptor.Id)));
    }

    [Fact]
    public void A_spec_with_a_mistake_is_told_in_the_spec()
    {
        string spec = sweeps.PathOf("byte.tint.yaml");
        File.WriteAllText(spec, File.ReadAllText(spec).Replace("hidden_size: 128", "hidden_size: 130", StringComparison.Ordinal));
        CommandResult result = Tint.Run("sweep", "plan", sweeps.WriteAll("good", $"{Models}\n{Texts}"));
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"{spec}(", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_and_texts_are_evaluated_each_with_each()
    {
        File.WriteAllText(sweeps.PathOf("second.txt"), File.ReadAllText(sweeps.PathOf("text.txt")));
        string path = sweeps.WriteAll(
            "grid", "models: {spec: [byte.tint.yaml, other.tint.yaml], checkpoint: model, weights: [f32, bf16]}\nperplexity: {text: [text.txt, second.txt], steps: 1}");
        SweepFile sweep = SweepReader.Read(path);
        Assert.Equal("grid", sweep.Name);
        Assert.Equal(
            ["byte, f32 on text.txt", "byte, f32 on second.txt", "byte, bf16 on text.txt", "byte, bf16 on second.txt", "other, f32 on text.txt", "other, f32 on second.txt", "other, bf16 on text.txt", "other, bf16 on second.txt"],
            sweep.Entries.Select(entry => entry.Label));
        Assert.Equal(sweeps.PathOf("grid.results"), sweep.DefaultFolder);
    }
}

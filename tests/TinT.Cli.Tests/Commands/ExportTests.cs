using System.Text.Json;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

public sealed class ExportTests
{
    private static GoldenCase Golden => GoldenCases.Open("gpt2_var_mask_all_ones");

    [Fact]
    public void It_writes_shards_index_and_description_and_says_how_much_that_is()
    {
        using TemporaryFolder folder = new();
        string directory = folder.File("new", "export");

        CommandResult result = Tint.Run(
            "export", Golden.SpecPath, "--checkpoint", Golden.Folder, "--output", directory, "--shard-size", "2MB", "--type", "f64").AssertDone();

        string[] lines = result.Output.TrimEnd().Split('\n');
        Assert.Equal(Directory.GetFiles(directory).Order(StringComparer.Ordinal), lines[..^1].Order(StringComparer.Ordinal));
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(Golden.Folder, "case.json")));
        long parameters = golden.RootElement.GetProperty("simulator_parameters").GetInt64();
        Assert.StartsWith(FormattableString.Invariant($"{parameters:N0} parameters in "), lines[^1], StringComparison.Ordinal);
        Assert.EndsWith(FormattableString.Invariant($" tensors, {parameters * sizeof(double) / 1e9:0.###} GB"), lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Gates_are_hard_unless_a_scale_is_given()
    {
        using TemporaryFolder folder = new();
        Tint.Run("export", Golden.SpecPath, "--checkpoint", Golden.Folder, "--output", folder.File("hard")).AssertDone();
        Tint.Run("export", Golden.SpecPath, "--checkpoint", Golden.Folder, "--output", folder.File("soft"), "--gate-scale", "8").AssertDone();
        Assert.Equal(("hard", 10), Gates("hard"));
        Assert.Equal(("tanh", 8), Gates("soft"));

        (string?, double) Gates(string directory)
        {
            using JsonDocument description = JsonDocument.Parse(File.ReadAllText(folder.File(directory, "simulator.json")));
            JsonElement settings = description.RootElement.GetProperty("settings");
            return (settings.GetProperty("gates").GetString(), settings.GetProperty("gate_scale").GetDouble());
        }
    }

    [Fact]
    public void There_is_no_literal_simulator_of_exact_gradients()
    {
        using TemporaryFolder folder = new();
        string spec = folder.File("exact.tint.yaml");
        File.WriteAllText(spec, File.ReadAllText(ByteModel.Spec).Replace("training:", "training:\n  method: exact", StringComparison.Ordinal));

        CommandResult export = Tint.Run("export", spec, "--checkpoint", ByteModel.Checkpoint, "--output", folder.File("export"));

        Assert.Equal(
            $"error: {spec}: with 'method: exact' there is no literal simulator, since the paper's modules cannot make true gradients; leave 'method' out.\n", export.Error);
        Assert.False(Directory.Exists(folder.File("export")));
        string trained = folder.File("golden.tint.yaml");
        File.WriteAllText(
            trained, File.ReadAllText(Golden.SpecPath).Replace("compatibility: authors", "method: exact", StringComparison.Ordinal));
        CommandResult run = Tint.Run(
            "run", trained, "--checkpoint", Golden.Folder, "--input", Golden.InputPath, "--output", folder.File("out.safetensors"), "--literal");
        Assert.StartsWith($"error: {trained}: with 'method: exact' there is no literal simulator, ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("literal", Tint.Run("verify", spec).AssertDone().Output.Split('\n', 4)[3], StringComparison.Ordinal);
        string json = folder.File("plan.json");
        Assert.Contains(
            "With 'method: exact' there is no simulator to construct",
            Tint.Run("plan", spec, "--json", json, "--html", folder.File("plan.html")).AssertDone().Output,
            StringComparison.Ordinal);
        using JsonDocument plan = JsonDocument.Parse(File.ReadAllText(json));
        Assert.False(plan.RootElement.TryGetProperty("literal", out _));
    }

    [Fact]
    public void An_earlier_export_is_replaced_only_when_asked_to()
    {
        using TemporaryFolder folder = new();
        string[] arguments = ["export", Golden.SpecPath, "--checkpoint", Golden.Folder, "--output", folder.File("export")];
        Tint.Run(arguments).AssertDone();

        CommandResult again = Tint.Run(arguments);

        Assert.Equal(
            $"error: {folder.File("export")}: the directory holds an exported simulator; name another one, or replace it with --force.\n", again.Error);
        Assert.Equal(1, again.ExitCode);
        Tint.Run([.. arguments, "--force"]).AssertDone();
    }

    [Fact]
    public void A_checkpoint_that_does_not_fit_fails_with_one_line()
    {
        using TemporaryFolder folder = new();
        CommandResult result = Tint.Run("export", ByteModel.Spec, "--checkpoint", Golden.Folder, "--output", folder.File("export"));
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
        Assert.Equal(1, result.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_cancelled_export_leaves_nothing_behind()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource cancellation = new();
        cancellation.Cancel();
        CommandResult result = Tint.Run(
            ["export", Golden.SpecPath, "--checkpoint", Golden.Folder, "--output", folder.File("export")], cancellation.Token);
        Assert.Equal("cancelled\n", result.Error);
        Assert.Equal(130, result.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}

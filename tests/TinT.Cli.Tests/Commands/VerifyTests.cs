using System.Text.Json;
using TinT.Cli.Outcomes;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

// One after another with the other classes that make such checkpoints: what is left behind is then this class's own.
[Collection("Temporary checkpoints")]
public sealed class VerifyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_large_spec_is_scaled_down_and_everything_agrees()
    {
        string json = folder.File("report.json");
        string html = folder.File("report.html");

        CommandResult result = Tint.Run("verify", RepositoryFiles.InRepository("specs", "opt-125m.tint.yaml"), "--json", json, "--html", html).AssertDone();

        Assert.StartsWith("Opt125M (opt, 0.02 M parameters): D 24, 3 layers, 12 heads", result.Output, StringComparison.Ordinal);
        Assert.Contains("scaled down, random weights (seed 1); 2 × 24 random tokens, the first 12 train", result.Output, StringComparison.Ordinal);
        Assert.Contains("literal, float64   plain equations, float64", result.Output, StringComparison.Ordinal);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(json));
        Assert.True(report.RootElement.GetProperty("holds").GetBoolean());
        Assert.Equal(3, report.RootElement.GetProperty("comparisons").GetArrayLength());
        Assert.Equal(6, report.RootElement.GetProperty("approximations").GetArrayLength());
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(html), StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_and_a_text_are_compared_at_full_size()
    {
        CommandResult result = Tint.Run(
            "verify", ByteModel.Spec, "--checkpoint", ByteModel.Checkpoint, "--text", RepositoryFiles.InRepository("LICENSE"), "--tokens", "24", "--no-literal");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("full size, the checkpoint's weights; 1 × 24 tokens of the text, the first 12 train", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("… the compiled simulator\n… the plain equations in double precision\n… exact SGD\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_seed_decides_what_is_random()
    {
        string Output(string seed) => Tint.Run("verify", ByteModel.Spec, "--tokens", "8", "--no-literal", "--seed", seed).AssertDone().Output;
        string second = Output("2");
        Assert.Equal(second, Output("2"));
        Assert.NotEqual(second, Output("3"));
    }

    [Theory]
    [InlineData("error: --text needs --checkpoint: random weights have nothing to say about a text.", "--text", "a")]
    [InlineData("error: --checkpoint has weights of the full size; leave --scale small out.", "--scale", "small", "--checkpoint", "a")]
    [InlineData("error: --tokens is 25, but the context is 24 tokens at small scale; choose fewer.", "--tokens", "25")]
    [InlineData("error: --train-fraction 1 of 24 tokens leaves none to train on or none to score; choose another part.", "--train-fraction", "1")]
    [InlineData("error: --train-fraction 0.01 of 24 tokens leaves none to train on or none to score; choose another part.", "--train-fraction", "0.01")]
    public void Options_that_do_not_fit_are_refused(string error, params string[] options) =>
        Tint.Run(["verify", ByteModel.Spec, .. options]).AssertFailed(ExitCode.WrongUsage, error);

    [Theory]
    [InlineData("bf16", "bfloat16")]
    [InlineData("f16", "float16")]
    public void Weights_in_16_bits_agree_with_rounded_ones_and_what_rounding_changes_is_told(string storage, string type)
    {
        string json = folder.File("report.json");
        string html = folder.File("report.html");

        string output = Tint.Run(
            "verify", RepositoryFiles.InRepository("specs", "opt-125m.tint.yaml"), "--no-literal", "--weights", storage, "--json", json, "--html", html).AssertDone().Output;

        Assert.Contains($"\nWhat does storing weights in {type} change?\n", output, StringComparison.Ordinal);
        Assert.Contains($"What does storing weights in {type} change?", File.ReadAllText(html), StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(json));
        JsonElement root = document.RootElement;
        JsonElement rounded = root.GetProperty("comparisons").EnumerateArray().Single(
            comparison => comparison.GetProperty("ours").GetString() == $"compiled, weights in {type}");
        Assert.Equal("compiled, float32, rounded weights", rounded.GetProperty("theirs").GetString());

        // The same singles enter the same products.
        foreach (string measure in new[] { "logits_before", "logit_update", "weight_update" })
            Assert.Equal(0, rounded.GetProperty(measure).GetProperty("error").GetDouble());

        // Half a unit in the last place of 8 or 11 bits, gathered over some layers.
        double unit = storage == "bf16" ? 1.0 / (1 << 9) : 1.0 / (1 << 12);
        JsonElement effect = root.GetProperty("storage");
        Assert.Equal(storage, effect.GetProperty("type").GetString());
        Assert.InRange(effect.GetProperty("logits").GetDouble(), unit / 10, 10 * unit);
        Assert.InRange(effect.GetProperty("logit_update").GetProperty("distance").GetDouble(), unit / 10, 100 * unit);
        Assert.InRange(effect.GetProperty("weight_update").GetProperty("distance").GetDouble(), unit / 10, 100 * unit);
        Assert.InRange(effect.GetProperty("loss_before").GetDouble() - effect.GetProperty("loss_before_float32").GetDouble(), -10 * unit, 10 * unit);
        Assert.NotEqual(effect.GetProperty("loss_after").GetDouble(), effect.GetProperty("loss_after_float32").GetDouble());
    }

    [Fact]
    public void A_missing_checkpoint_is_told()
    {
        string missing = folder.File("missing");
        CommandResult result = Tint.Run("verify", ByteModel.Spec, "--checkpoint", missing);
        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.StartsWith($"error: {missing}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_learning_rate_that_diverges_is_a_failure_and_no_crash()
    {
        CommandResult result = Tint.Run("verify", ByteModel.Spec, "--learning-rate", "1e30");
        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.StartsWith("error: compiled, float32: sequence 0 is not finite in ", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("error: a tolerance is broken; the tables show where.\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("NaN", result.Output, StringComparison.Ordinal);
    }
}
